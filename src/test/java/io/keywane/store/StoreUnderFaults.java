package io.keywane.store;

import io.keywane.FaultProxy;
import io.keywane.FaultProxy.Fault;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure.Kind;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.value;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rotations on a store behind a network that cannot be relied on, each step repeated after looking, as the engine does:
 * no key is lost, consumers never read one that was not promoted or is released, and no step ends in a wrong answer.
 */
abstract class StoreUnderFaults {
    private static final int ROTATIONS = Integer.getInteger("keywane.faults.rotations", 6);
    private static final long SEED = Long.getLong("keywane.faults.seed", 20_261_124L);
    private static final double SHARE = 0.2;
    private static final int TRIES = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** What a step may end with under such a network; all else would be a lie. */
    private static final Set<Kind> HONEST = EnumSet.of(Kind.UNAVAILABLE, Kind.UNKNOWN_OUTCOME, Kind.CONFLICT);

    /** The store that works through the proxy. */
    abstract SecretStore disturbed();

    /** Another one that reaches the server directly. */
    abstract SecretStore direct();

    /** What consumers read, directly. */
    abstract Optional<String> served();

    abstract FaultProxy proxy();

    static long seed() {
        return SEED;
    }

    @Test
    void rotations_behindAFaultyNetwork_loseNoKeyAndServeNoRefusedOne() throws InterruptedException {
        Set<String> allowed = new ConcurrentSkipListSet<>();
        List<String> wrong = new ArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        Thread consumer = Thread.ofVirtual().unstarted(() -> consume(allowed, wrong, ended));
        proxy().disturb(SHARE);
        consumer.start();
        try {
            for (int n = 1; n <= ROTATIONS; n++) {
                rotate(n, allowed);
            }
        } finally {
            ended.set(true);
            consumer.join();
            System.out.println(getClass().getSimpleName() + " seed " + SEED + ": " + proxy().counts());
        }
        assertThat(wrong).isEmpty();
        assertThat(proxy().counts()).containsKeys(Fault.DROPPED, Fault.ANSWER_LOST, Fault.DUPLICATED);
    }

    private void rotate(int n, Set<String> allowed) {
        insist("stage " + n, view -> view.held().contains(version(n)),
                view -> disturbed().stage(SEARCH, version(n), material(n), view.revision()));
        allowed.add(value(n));
        insist("promote " + n, view -> view.current().equals(Optional.of(version(n))),
                view -> disturbed().promote(SEARCH, version(n), view.revision()));
        assertThat(served()).contains(value(n));
        if (n > 1) {
            allowed.remove(value(n - 1));
            insist("mark " + (n - 1), view -> view.flagged().contains(version(n - 1)),
                    view -> disturbed().mark(SEARCH, version(n - 1), true, view.revision()));
        }
        if (n > 2) {
            insist("release " + (n - 2), view -> !view.held().contains(version(n - 2)),
                    view -> disturbed().release(SEARCH, version(n - 2), view.revision()));
        }
        assertThat(served()).contains(value(n));
        Set<VersionId> kept = new TreeSet<>();
        for (int k = Math.max(1, n - 1); k <= n; k++) {
            assertThat(direct().read(SEARCH, version(k))).as("key " + k + " in rotation " + n).isEqualTo(material(k));
            kept.add(version(k));
        }
        assertThat(direct().view(SEARCH).held()).isEqualTo(kept);
    }

    private void insist(String step, Predicate<StoreView> done, Consumer<StoreView> work) {
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            try {
                StoreView view = disturbed().view(SEARCH);
                if (done.test(view)) {
                    return;
                }
                work.accept(view);
            } catch (StoreException e) {
                failures.add(String.valueOf(e.getMessage()));
                assertThat(HONEST).as(step + ": " + e.getMessage()).contains(e.kind());
            }
        }
        assertThat(failures).as(step + " never came to its end").isEmpty();
    }

    private void consume(Set<String> allowed, List<String> wrong, AtomicBoolean ended) {
        while (!ended.get()) {
            Set<String> before = Set.copyOf(allowed);
            Optional<String> read = served();
            if (read.filter(key -> !before.contains(key) && !allowed.contains(key)).isPresent()) {
                wrong.add("consumers read a key that is not to be read");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
