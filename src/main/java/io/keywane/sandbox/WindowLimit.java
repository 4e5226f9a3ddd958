package io.keywane.sandbox;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * How many requests one window admits: 1 to 10,000,000 requests in a window of at least one second. The upper
 * bound caps the memory of a rolling window at 80 MB for a key.
 */
public record WindowLimit(Duration window, int limit) {
    private static final int MOST = 10_000_000;

    public WindowLimit {
        requireNonNull(window, "window is null");
        if (window.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("window " + window + " is shorter than one second");
        }
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit " + limit + " is not between 1 and " + MOST);
        }
    }
}
