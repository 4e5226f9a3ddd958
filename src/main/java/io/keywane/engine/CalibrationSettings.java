package io.keywane.engine;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * Whether and how far a new key is measured before it is promoted.
 *
 * @param enabled whether a rotation calibrates its candidate; a person may ask for it all the same
 * @param maxRequests own requests that one calibration may send in all
 * @param maxTime how long it may take; then the rotation goes on with what is declared, or unknown
 */
public record CalibrationSettings(boolean enabled, int maxRequests, Duration maxTime) {
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    /** Enough for two groups with a minute's window. */
    public static final CalibrationSettings DEFAULT = new CalibrationSettings(true, 300, Duration.ofMinutes(15));

    public CalibrationSettings {
        requireNonNull(maxTime, "maxTime is null");
        if (maxRequests < 4) {
            throw new IllegalArgumentException("max_requests must be at least 4: less tells nothing");
        }
        if (maxTime.compareTo(SHORTEST) < 0 || maxTime.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("max_time must be from 30s to 1d");
        }
    }

    /** The same, but off for rotations. */
    public CalibrationSettings off() {
        return new CalibrationSettings(false, maxRequests, maxTime);
    }
}
