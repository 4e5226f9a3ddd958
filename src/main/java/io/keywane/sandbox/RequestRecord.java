package io.keywane.sandbox;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * One request in the ground truth.
 *
 * @param sequence 1 for the first request since the start or the last reset; no gaps
 * @param at when it was judged (and counted, if it was), to the millisecond
 * @param keyId {@code key-N}; {@code unknown} for a key that was never made, {@code none} without a key
 * @param group {@code general} or {@code feed}; {@code none} if it never came to an endpoint
 * @param consumer the {@code X-Consumer} header, else {@code User-Agent}, else {@code -}
 * @param endpoint method and path template, never a raw path
 * @param counted whether it counted against the key's windows
 * @param credits what it cost
 * @param fault the fault it met, or {@code none}
 */
public record RequestRecord(long sequence, Instant at, String keyId, String group, int status, String consumer,
        String endpoint, boolean counted, long credits, String fault) {

    public RequestRecord {
        requireNonNull(at, "at is null");
        requireNonNull(keyId, "keyId is null");
        requireNonNull(group, "group is null");
        requireNonNull(consumer, "consumer is null");
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(fault, "fault is null");
    }

    boolean refused() {
        return status >= 400;
    }

    RequestRecord numbered(long number) {
        return new RequestRecord(number, at, keyId, group, status, consumer, endpoint, counted, credits, fault);
    }
}
