package io.keywane.alert;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * When the threshold alerts fire.
 *
 * @param saturation share of a rate limit above which a key is saturated, above 0 up to 1
 * @param staleIntervals probe intervals without a success after which a key's probes are stale, at least 2
 * @param rotationStuck how long a rotation may stay in one step that does not wait for a person
 * @param revocationPending how long a flagged key may wait for its revocation
 */
public record AlertThresholds(
        double saturation, int staleIntervals, Duration rotationStuck, Duration revocationPending) {
    public AlertThresholds {
        requireNonNull(rotationStuck, "rotationStuck is null");
        requireNonNull(revocationPending, "revocationPending is null");
        if (!(saturation > 0 && saturation <= 1)) {
            throw new IllegalArgumentException("saturation must be above 0 and at most 1");
        }
        if (staleIntervals < 2) {
            throw new IllegalArgumentException("stale_intervals must be at least 2");
        }
        if (rotationStuck.isNegative() || revocationPending.isNegative()) {
            throw new IllegalArgumentException("rotation_stuck and revocation_pending must not be negative");
        }
    }
}
