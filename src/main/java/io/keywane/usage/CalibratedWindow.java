package io.keywane.usage;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a calibration found out about one shown window.
 *
 * @param limit the limit by which the headers show it
 * @param model how it counts; present exactly where {@code reason} is {@link CalibrationReason#MEASURED}
 * @param reason how its calibration ended
 * @param witness what rules out a steady user
 */
public record CalibratedWindow(
        long limit, Optional<WindowModel> model, CalibrationReason reason, CalibrationWitness witness) {
    public CalibratedWindow {
        requireNonNull(model, "model is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(witness, "witness is null");
        if (limit <= 0) {
            throw new IllegalArgumentException("limit must be above 0, is " + limit);
        }
        if (model.isPresent() != (reason == CalibrationReason.MEASURED)) {
            throw new IllegalArgumentException("a window has a model exactly when it was measured");
        }
        if (model.isPresent() && model.get().limit() != limit) {
            throw new IllegalArgumentException("the model is of another limit");
        }
    }

    static CalibratedWindow measured(WindowModel model, CalibrationWitness witness) {
        return new CalibratedWindow(model.limit(), Optional.of(model), CalibrationReason.MEASURED, witness);
    }

    static CalibratedWindow unknown(long limit, CalibrationReason why) {
        return new CalibratedWindow(limit, Optional.empty(), why, CalibrationWitness.NONE);
    }
}
