package io.keywane.usage;

import io.keywane.key.Moment;

import static java.util.Objects.requireNonNull;

/** What a calibration asks for next. */
public sealed interface CalibratorStep {
    /** One liveness request at this time, no sooner and as little later as can be; its sample is to be handed in. */
    record Send(Moment at) implements CalibratorStep {
        public Send {
            requireNonNull(at, "at is null");
        }
    }

    /** It is over. */
    record Done(Calibration calibration) implements CalibratorStep {
        public Done {
            requireNonNull(calibration, "calibration is null");
        }
    }
}
