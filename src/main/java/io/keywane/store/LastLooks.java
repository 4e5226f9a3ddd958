package io.keywane.store;

import io.keywane.key.KeyName;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was last seen of each key in a store, for a while. A look that was under way while something was changed is never
 * kept: it may show what was before. Safe for use by several threads.
 */
final class LastLooks<T> {
    private final Map<KeyName, T> looks = new HashMap<>();
    private final Map<KeyName, Long> changes = new HashMap<>();

    synchronized Optional<T> get(KeyName key) {
        return Optional.ofNullable(looks.get(key));
    }

    /** Looks, and keeps what was seen unless something was forgotten meanwhile. */
    T look(KeyName key, Supplier<T> look) {
        long before = changes(key);
        T seen = look.get();
        keep(key, seen, before);
        return seen;
    }

    /** After each change, whether it succeeded or not. */
    synchronized void forget(KeyName key) {
        looks.remove(key);
        changes.merge(key, 1L, Long::sum);
    }

    private synchronized long changes(KeyName key) {
        return changes.getOrDefault(key, 0L);
    }

    private synchronized void keep(KeyName key, T seen, long before) {
        if (changes(key) == before) {
            looks.put(key, seen);
        }
    }
}
