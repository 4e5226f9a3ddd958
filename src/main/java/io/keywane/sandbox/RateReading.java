package io.keywane.sandbox;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/** What the rate-limit headers say: one window's limit, what is left of it (never negative), and its reset. */
record RateReading(int limit, int remaining, Instant reset) {
    RateReading {
        requireNonNull(reset, "reset is null");
        if (remaining < 0 || remaining > limit) {
            throw new IllegalArgumentException("remaining " + remaining + " is not between 0 and " + limit);
        }
    }

    double share() {
        return (double) remaining / limit;
    }
}
