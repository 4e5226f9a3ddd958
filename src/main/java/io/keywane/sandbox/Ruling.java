package io.keywane.sandbox;

import java.time.Duration;
import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * What became of one request at its limiter.
 *
 * @param at when it was judged, and counted if it was
 * @param retryAfter how long until the limiter admits one more; zero if it does now
 */
record Ruling(Instant at, int status, boolean counted, RateReading reading, Duration retryAfter) {
    Ruling {
        requireNonNull(at, "at is null");
        requireNonNull(reading, "reading is null");
        requireNonNull(retryAfter, "retryAfter is null");
    }
}
