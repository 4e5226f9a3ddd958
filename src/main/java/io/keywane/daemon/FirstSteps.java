package io.keywane.daemon;

import io.keywane.key.KeyName;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The first step of every key, which publishes what is current before the daemon is ready: side by side, and waited for
 * together, so that a store that does not answer keeps neither the other keys nor the daemon from starting.
 */
final class FirstSteps {
    private FirstSteps() {}

    /**
     * Starts the steps and waits until all are over, but not longer than the patience.
     *
     * @param starter runs work of a name on a thread of its own
     * @return the keys whose step is still under way
     */
    static Set<KeyName> take(Collection<KeyName> keys, Consumer<KeyName> step, BiConsumer<KeyName, Runnable> starter,
            Duration patience) {
        Set<KeyName> underWay = ConcurrentHashMap.newKeySet();
        underWay.addAll(keys);
        CountDownLatch open = new CountDownLatch(underWay.size());
        for (KeyName key : Set.copyOf(underWay)) {
            starter.accept(key, () -> {
                try {
                    step.accept(key);
                } finally {
                    underWay.remove(key);
                    open.countDown();
                }
            });
        }
        try {
            if (open.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return Set.of();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new TreeSet<>(underWay);
    }
}
