package io.keywane.engine.sim;

import io.keywane.key.KeyMaterial;
import io.keywane.usage.LimiterGroup;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A process that uses a managed key: reads it now and then, and keeps what it read. */
final class Consumer {
    private static final long SECOND = 1_000;

    private final Supplier<Optional<KeyMaterial>> readable;
    private final List<LimiterGroup> groups;
    private final long requestEvery;
    private long reloadEvery;
    private long nextReload;
    private long nextRequest;
    private @Nullable KeyMaterial held;

    Consumer(Supplier<Optional<KeyMaterial>> readable, List<LimiterGroup> groups, Dice dice, int reloadSeconds) {
        this.readable = readable;
        this.groups = groups;
        this.requestEvery = dice.between(3, 6) * SECOND;
        this.reloadEvery = reloadSeconds * SECOND;
        this.nextReload = dice.between(1, 5) * SECOND;
        this.nextRequest = nextReload + 100;
    }

    /** From now on it reloads as it should. */
    void behave() {
        reloadEvery = Math.min(reloadEvery, 5 * SECOND);
        nextReload = Math.min(nextReload, Long.MAX_VALUE / 2);
    }

    void tick(long now, ApiModel api) {
        if (now >= nextReload) {
            held = readable.get().orElse(held);
            nextReload = now + reloadEvery;
        }
        KeyMaterial key = held;
        if (key != null && now >= nextRequest) {
            groups.forEach(group -> api.use(key, group));
            nextRequest = now + requestEvery;
        }
    }

    /** Whether it holds what it should. */
    boolean holds(Optional<KeyMaterial> key) {
        return Optional.ofNullable(held).equals(key);
    }
}
