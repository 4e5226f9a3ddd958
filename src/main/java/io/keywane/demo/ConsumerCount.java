package io.keywane.demo;

import tools.jackson.core.JacksonException;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What one consumer has counted; a line of JSON on its standard output.
 *
 * @param consumer its name
 * @param requests requests that it made
 * @param refused those that got no success: any status but 2xx, or no answer
 */
record ConsumerCount(String consumer, long requests, long refused) {
    ConsumerCount {
        requireNonNull(consumer, "consumer is null");
        if (requests < 0 || refused < 0 || refused > requests) {
            throw new IllegalArgumentException("need 0 <= refused <= requests");
        }
    }

    ConsumerCount with(boolean success) {
        return new ConsumerCount(consumer, requests + 1, refused + (success ? 0 : 1));
    }

    String toLine() {
        return DemoJson.line(this);
    }

    /** A count of its line; empty for anything else. */
    static Optional<ConsumerCount> ofLine(String line) {
        try {
            return Optional.of(DemoJson.read(line, ConsumerCount.class));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
