package io.keywane.usage;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * That a sample of a key in use contradicted what was known of a window.
 *
 * @param group the limiter group
 * @param model what the window was taken for
 * @param at when
 */
public record Contradiction(LimiterGroup group, WindowModel model, Instant at) {
    public Contradiction {
        requireNonNull(group, "group is null");
        requireNonNull(model, "model is null");
        requireNonNull(at, "at is null");
    }
}
