package io.keywane.usage;

import io.keywane.key.VersionId;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * A calibration that is over.
 *
 * @param calibration what it found out
 * @param version the key version it was made on
 * @param at when it ended
 */
public record DatedCalibration(Calibration calibration, VersionId version, Instant at) {
    public DatedCalibration {
        requireNonNull(calibration, "calibration is null");
        requireNonNull(version, "version is null");
        requireNonNull(at, "at is null");
    }
}
