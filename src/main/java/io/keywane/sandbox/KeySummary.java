package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * Everything asked with one key since the start or the last reset, over all requests, also those that the ground
 * truth no longer holds. {@code unknown} and {@code none} stand for requests with a foreign key and without one.
 *
 * @param refused requests answered with any 4xx or 5xx
 * @param counted requests that counted against the key's windows
 */
public record KeySummary(String keyId, String organisationId, String name, @Nullable Instant revokedAt, long requests,
        long refused, long counted, @Nullable Instant lastRequest, @Nullable Instant lastCounted,
        Map<Integer, Long> statuses, List<ConsumerSummary> consumers) {

    public KeySummary {
        requireNonNull(keyId, "keyId is null");
        requireNonNull(organisationId, "organisationId is null");
        requireNonNull(name, "name is null");
        statuses = Map.copyOf(statuses);
        consumers = List.copyOf(consumers);
    }
}
