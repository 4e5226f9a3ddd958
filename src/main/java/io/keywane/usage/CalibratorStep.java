package io.keywane.usage;

import io.keywane.key.Moment;

import static java.util.Objects.requireNonNull;

/** What a calibration asks for next. */
public sealed interface CalibratorStep {
    /** What a request is to be. */
    enum Target {
        /** A liveness request with the key that is calibrated. */
        THIS_KEY,
        /** A liveness request with another key of the organisation, in the same group. */
        OTHER_KEY,
        /** With the key that is calibrated, one that is answered 404. */
        MISSING_RESOURCE
    }

    /** One request at this time, no sooner and as little later as can be; its sample is to be handed in. */
    record Send(Moment at, Target target) implements CalibratorStep {
        public Send {
            requireNonNull(at, "at is null");
            requireNonNull(target, "target is null");
        }
    }

    /** It is over. */
    record Done(Calibration calibration) implements CalibratorStep {
        public Done {
            requireNonNull(calibration, "calibration is null");
        }
    }
}
