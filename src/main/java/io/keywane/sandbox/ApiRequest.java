package io.keywane.sandbox;

import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** A request as it came in; the key is the header's value, if there was one. */
record ApiRequest(String method, String path, Map<String, String> query, String body, Optional<String> key,
        String consumer, Caller caller) {
    private static final int LONGEST_CONSUMER = 80;

    ApiRequest {
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        query = Map.copyOf(query);
        requireNonNull(body, "body is null");
        requireNonNull(key, "key is null");
        requireNonNull(caller, "caller is null");
        consumer = KeyGenerator.withoutKeys(consumer);
        consumer = consumer.substring(0, Math.min(consumer.length(), LONGEST_CONSUMER));
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
        return "ApiRequest[" + method + " " + path + ", consumer=" + consumer + "]";
    }
}
