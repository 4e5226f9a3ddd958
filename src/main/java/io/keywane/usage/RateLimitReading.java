package io.keywane.usage;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * The three rate-limit headers of one answer, as the server states them.
 *
 * @param limit requests allowed in the shown window, above 0
 * @param remaining requests left, from 0 to {@code limit}
 * @param reset when the window resets, by the server's clock, in whole seconds
 */
public record RateLimitReading(long limit, long remaining, Instant reset) {
    public RateLimitReading {
        requireNonNull(reset, "reset is null");
        if (limit <= 0 || remaining < 0 || remaining > limit) {
            throw new IllegalArgumentException(
                    "invalid rate limit: limit " + limit + ", remaining " + remaining
                            + ": need 0 <= remaining <= limit");
        }
    }

    /** Share of the limit that is used up, 0 to 1. */
    public double saturation() {
        return (double) (limit - remaining) / limit;
    }
}
