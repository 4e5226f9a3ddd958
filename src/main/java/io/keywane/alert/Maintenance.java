package io.keywane.alert;

import java.time.Duration;
import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * A time in which somebody expects unusual use of a key: nobody is told of it. It ends by itself, at the latest after a
 * week, so that none is forgotten.
 *
 * @param from when it began
 * @param until when it ends
 * @param by who announced it
 * @param why in their words; may be empty
 */
public record Maintenance(Instant from, Instant until, String by, String why) {
    /** The longest there is. */
    public static final Duration LONGEST = Duration.ofDays(7);

    public Maintenance {
        requireNonNull(from, "from is null");
        requireNonNull(until, "until is null");
        requireNonNull(by, "by is null");
        requireNonNull(why, "why is null");
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("a maintenance must last longer than nothing");
        }
        if (until.isAfter(from.plus(LONGEST))) {
            throw new IllegalArgumentException("a maintenance lasts " + LONGEST.toDays() + " days at most");
        }
    }

    /** Whether it lasts at this time. */
    public boolean isOn(Instant at) {
        return at.isBefore(until);
    }
}
