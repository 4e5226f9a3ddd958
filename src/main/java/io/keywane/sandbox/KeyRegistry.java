package io.keywane.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All keys, found by value or by id. Values are kept as SHA-256 digests only. */
final class KeyRegistry {
    private final Map<ByteBuffer, ApiKey> byDigest = new ConcurrentHashMap<>();
    private final Map<Integer, ApiKey> byNumber = new ConcurrentSkipListMap<>();

    void add(int number, String value, ApiKey key) {
        byNumber.put(number, key);
        byDigest.put(digest(value), key);
    }

    Optional<ApiKey> byValue(String value) {
        return Optional.ofNullable(byDigest.get(digest(value)));
    }

    Optional<ApiKey> byId(String id) {
        return byNumber.values().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** In the order of their making. */
    Collection<ApiKey> all() {
        return byNumber.values();
    }

    private static ByteBuffer digest(String value) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
