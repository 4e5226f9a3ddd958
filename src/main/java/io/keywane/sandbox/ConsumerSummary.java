package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/** What one consumer asked with one key; refused means any 4xx or 5xx. */
public record ConsumerSummary(String consumer, long requests, long refused, @Nullable Instant lastRequest) {

    public ConsumerSummary {
        requireNonNull(consumer, "consumer is null");
    }
}
