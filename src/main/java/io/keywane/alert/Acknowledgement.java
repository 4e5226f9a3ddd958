package io.keywane.alert;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * Somebody has taken an alert on: it stays listed, and nobody is told of it again until it ends.
 *
 * @param by who
 * @param why in their words; may be empty
 */
public record Acknowledgement(String by, Instant at, String why) {
    public Acknowledgement {
        requireNonNull(by, "by is null");
        requireNonNull(at, "at is null");
        requireNonNull(why, "why is null");
    }
}
