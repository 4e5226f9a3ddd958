package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many keys in use in a store that may stop answering, and one in another store. */
public final class SlowStoreWorld {
    static final int HANGING = 20;

    private final TestingWorld world = new TestingWorld();
    private final CountDownLatch asked = new CountDownLatch(HANGING);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<KeyName, TestingStore> stores = new ConcurrentHashMap<>();
    private final List<KeyName> hanging = new ArrayList<>();
    private final Engine engine;
    private volatile boolean hangs;

    public SlowStoreWorld() {
        Settings one = world.settings;
        KeySettings key = one.keys().values().iterator().next();
        Map<KeyName, KeySettings> keys = new LinkedHashMap<>(one.keys());
        for (int i = 0; i < HANGING; i++) {
            KeyName name = new KeyName("hangs-" + i);
            hanging.add(name);
            keys.put(name, new KeySettings(name, key.organisation(), key.owner(), key.environment(), key.rotation(),
                    Optional.empty(), key.store(), key.calibration(), key.intake()));
        }
        Ports ports = world.ports();
        engine = new Engine(
                new Settings(one.provider(), one.organisations(), keys, one.probing(), one.storage(), one.service(),
                        one.alerts()),
                new Ports(ports.clock(), ports.randomness(), new Routed(), ports.publisher(), ports.probes(),
                        ports.ledger(), ports.states(), ports.history(), ports.calibrations(), ports.evidence(),
                        ports.telemetry(), ports.sources()),
                new Ids(ports.randomness(), "pepper of this installation".getBytes(StandardCharsets.UTF_8)));
        for (KeyName name : keys.keySet()) {
            KeyMaterial material = TestingWorld.material("first_" + name.value().replace('-', '_'));
            world.api.create(material);
            engine.operations().importFirst(name, material, Optional.empty(), TestingWorld.ANNA);
            engine.step(name);
        }
    }

    private final class Routed implements SecretStore {
        private TestingStore of(KeyName key) {
            requests.incrementAndGet();
            if (hangs && hanging.contains(key)) {
                asked.countDown();
                await(answers, Duration.ofMinutes(5));
            }
            return stores.computeIfAbsent(key, _ -> new TestingStore(world.crash));
        }

        @Override
        public StoreView view(KeyName key) {
            return of(key).view(key);
        }

        @Override
        public KeyMaterial read(KeyName key, VersionId version) {
            return of(key).read(key, version);
        }

        @Override
        public StoreView stage(KeyName key, VersionId version, KeyMaterial material, long expectedRevision) {
            return of(key).stage(key, version, material, expectedRevision);
        }

        @Override
        public StoreView promote(KeyName key, VersionId version, long expectedRevision, Runnable proof) {
            return of(key).promote(key, version, expectedRevision, proof);
        }

        @Override
        public StoreView mark(KeyName key, VersionId version, boolean flagged, long expectedRevision) {
            return of(key).mark(key, version, flagged, expectedRevision);
        }

        @Override
        public StoreView release(KeyName key, VersionId version, long expectedRevision) {
            return of(key).release(key, version, expectedRevision);
        }
    }

    private static boolean await(CountDownLatch latch, Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public Engine engine() {
        return engine;
    }

    /** How often a store was asked for anything. */
    public int requests() {
        return requests.get();
    }

    /** From now on the store of the many keys takes requests and answers none. */
    public void hang() {
        hangs = true;
    }

    /** The store answers again. */
    public void answer() {
        hangs = false;
        answers.countDown();
    }

    /** Two intervals pass, in which every key has a probe due; the many are being probed when this returns. */
    void probeTheMany() {
        world.clock.advance(world.settings.probing().interval().multipliedBy(2));
        hanging.forEach(key -> Thread.ofVirtual().start(() -> engine.probe(key)));
        await(asked, Duration.ofSeconds(5));
    }

    int probes() {
        return world.api.probes;
    }
}
