package io.keywane.store;

import io.keywane.engine.HostClock;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was last seen of each key in a store, for a while. A look that was under way while something was changed is never
 * kept: it may show what was before. That a store could not be reached is kept for a moment, too, so that nobody waits for
 * it again at once. Safe for use by several threads.
 */
final class LastLooks<T> {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final HostClock clock;
    private final Duration pause;
    private final Map<KeyName, T> looks = new HashMap<>();
    private final Map<KeyName, Failed> failures = new HashMap<>();
    private final Map<KeyName, Long> changes = new HashMap<>();

    private record Failed(StoreException why, Moment at) {}

    /** Looks that are taken again after the refresh; a failure to reach the store is kept as long, or for five seconds. */
    LastLooks(HostClock clock, Duration refresh) {
        this.clock = clock;
        this.pause = refresh.compareTo(LONGEST_PAUSE) < 0 ? refresh : LONGEST_PAUSE;
    }

    /**
     * What was last seen.
     *
     * @throws StoreException if a look just now could not reach the store
     */
    synchronized Optional<T> get(KeyName key) {
        Failed failed = failures.get(key);
        if (failed != null && !clock.now().isAtLeastAfter(failed.at(), pause)) {
            throw failed.why();
        }
        return Optional.ofNullable(looks.get(key));
    }

    /** Looks, whatever was seen before, and keeps what was seen unless something was forgotten meanwhile. */
    T look(KeyName key, Supplier<T> look) {
        long before = changes(key);
        try {
            T seen = look.get();
            keep(key, seen, before);
            return seen;
        } catch (StoreException e) {
            if (e.kind() == StoreFailure.Kind.UNAVAILABLE) {
                keep(key, e, before);
            }
            throw e;
        }
    }

    /** After each change, whether it succeeded or not. */
    synchronized void forget(KeyName key) {
        looks.remove(key);
        failures.remove(key);
        changes.merge(key, 1L, Long::sum);
    }

    private synchronized long changes(KeyName key) {
        return changes.getOrDefault(key, 0L);
    }

    private synchronized void keep(KeyName key, T seen, long before) {
        if (changes(key) == before) {
            looks.put(key, seen);
            failures.remove(key);
        }
    }

    private synchronized void keep(KeyName key, StoreException failure, long before) {
        if (changes(key) == before) {
            failures.put(key, new Failed(failure, clock.now()));
        }
    }
}
