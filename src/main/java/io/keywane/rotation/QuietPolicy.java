package io.keywane.rotation;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * How long a leaving key must be silent before it is flagged.
 *
 * @param floor the least silence that is ever asked for
 * @param fromHistory whether the key's own history may ask for more
 * @param factor how many times the longest idle time of the past is asked for, at least 1
 * @param unknownCadence what is asked for where the past is too little to tell how the key is used
 */
public record QuietPolicy(Duration floor, boolean fromHistory, double factor, Duration unknownCadence) {
    /** The factor that is usual: half as much again as the longest that was seen. */
    public static final double USUAL_FACTOR = 1.5;
    /** A day, so that every hour of it has come once, and two hours for a nightly job whose start wanders. */
    public static final Duration USUAL_UNKNOWN_CADENCE = Duration.ofHours(26);

    public QuietPolicy {
        requireNonNull(floor, "floor is null");
        requireNonNull(unknownCadence, "unknownCadence is null");
        if (floor.isNegative() || floor.isZero()) {
            throw new IllegalArgumentException("quiet_period must be above 0");
        }
        if (!(factor >= 1 && factor <= 100)) {
            throw new IllegalArgumentException("quiet_factor must be from 1 to 100, is " + factor);
        }
        if (unknownCadence.isNegative()) {
            throw new IllegalArgumentException("unknown_cadence must not be negative");
        }
    }

    /** An idle time of the past, times the factor. */
    Duration times(Duration idle) {
        return Duration.ofMillis(Math.round(idle.toMillis() * factor));
    }

    /** The same silence for every key, whatever its history. */
    public static QuietPolicy fixed(Duration period) {
        return new QuietPolicy(period, false, USUAL_FACTOR, USUAL_UNKNOWN_CADENCE);
    }

    /** At least so much, and more where the history asks for it, with the usual factor. */
    public static QuietPolicy fromHistory(Duration floor) {
        return new QuietPolicy(floor, true, USUAL_FACTOR, USUAL_UNKNOWN_CADENCE);
    }
}
