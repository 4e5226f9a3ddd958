package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Which part of the ground truth to read, oldest first.
 *
 * @param keyId only this key, or null for all
 * @param since only requests at or after this time, or null
 * @param after only requests with a greater sequence number; 0 for all
 * @param limit at most so many, 1 to 100,000
 */
public record RequestFilter(@Nullable String keyId, @Nullable Instant since, long after, int limit) {
    /** All keys from the beginning, 1,000 requests a page. */
    public static final RequestFilter ALL = new RequestFilter(null, null, 0, 1_000);

    private static final int MOST = 100_000;

    public RequestFilter {
        if (after < 0) {
            throw new IllegalArgumentException("after " + after + " is negative");
        }
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit " + limit + " is not between 1 and " + MOST);
        }
    }

    public RequestFilter withKeyId(String value) {
        return new RequestFilter(value, since, after, limit);
    }

    public RequestFilter withSince(Instant value) {
        return new RequestFilter(keyId, value, after, limit);
    }

    public RequestFilter withAfter(long value) {
        return new RequestFilter(keyId, since, value, limit);
    }

    public RequestFilter withLimit(int value) {
        return new RequestFilter(keyId, since, after, value);
    }

    boolean accepts(RequestRecord request) {
        boolean rightKey = keyId == null || keyId.equals(request.keyId());
        return rightKey && (since == null || !request.at().isBefore(since));
    }
}
