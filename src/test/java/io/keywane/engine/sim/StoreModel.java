package io.keywane.engine.sim;

import io.keywane.engine.Publisher;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure.Kind;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.Publication;
import io.keywane.rotation.StoreView;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A secret store and what is published on the host. Both outlive the daemon, and others may write to them. */
final class StoreModel implements SecretStore, Publisher {
    /** Told of each change that the engine makes, when it happens. */
    interface Observer {
        void changed(KeyName key, Effect effect, VersionId version, boolean late);

        void published(KeyName key, KeyMaterial material);
    }

    private final SimulatedClock clock;
    private final CrashPoints crash;
    private final Weather weather;
    private final Dice dice;
    private final Observer observer;
    private final Map<KeyName, Box> boxes = new HashMap<>();
    private final Map<KeyName, KeyMaterial> published = new HashMap<>();
    private final List<Late> late = new ArrayList<>();
    int changes;

    private record Late(long at, Runnable delivery) {}

    /** What the store holds of one key. */
    private static final class Box {
        private long revision;
        private @Nullable VersionId current;
        private final Map<VersionId, KeyMaterial> values = new LinkedHashMap<>();
        private final Set<VersionId> flagged = new HashSet<>();
        private final Set<VersionId> released = new HashSet<>();
        private StoreView before = new StoreView(0, Optional.empty(), Set.of(), Set.of());
        private long changedAt = Long.MIN_VALUE / 2;

        private StoreView view() {
            return new StoreView(revision, Optional.ofNullable(current), values.keySet(), flagged);
        }
    }

    StoreModel(SimulatedClock clock, CrashPoints crash, Weather weather, Dice dice, Observer observer) {
        this.clock = clock;
        this.crash = crash;
        this.weather = weather;
        this.dice = dice;
        this.observer = observer;
    }

    private Box box(KeyName key) {
        return boxes.computeIfAbsent(key, _ -> new Box());
    }

    @Override
    public StoreView view(KeyName key) {
        failIf(Fault.STORE_UNAVAILABLE, Kind.UNAVAILABLE);
        failIf(Fault.STORE_THROTTLES, Kind.UNAVAILABLE);
        Box box = box(key);
        boolean fresh = clock.millis() - box.changedAt < 4_000;
        return fresh && weather.strikes(Fault.STORE_READS_STALE) ? box.before : box.view();
    }

    @Override
    public KeyMaterial read(KeyName key, VersionId version) {
        failIf(Fault.STORE_UNAVAILABLE, Kind.UNAVAILABLE);
        failIf(Fault.STORE_THROTTLES, Kind.UNAVAILABLE);
        return value(key, version).orElseThrow(
                () -> new StoreException(Kind.NOT_FOUND, "no version " + version.brief() + " of " + key));
    }

    @Override
    public StoreView stage(KeyName key, VersionId version, KeyMaterial material, long expected) {
        return change(key, Effect.STAGE, version, expected, box -> {
            if (box.released.contains(version)) {
                throw new StoreException(Kind.CONFLICT, "released");
            }
            return box.values.containsKey(version);
        }, box -> box.values.put(version, material));
    }

    @Override
    public StoreView promote(KeyName key, VersionId version, long expected, Runnable proof) {
        return change(key, Effect.PROMOTE, version, expected, box -> {
            requireHeld(box, version);
            if (version.equals(box.current)) {
                return true;
            }
            proof.run();
            return false;
        }, box -> {
            box.current = version;
            box.flagged.remove(version);
        });
    }

    @Override
    public StoreView mark(KeyName key, VersionId version, boolean flag, long expected) {
        return change(key, flag ? Effect.MARK : Effect.UNMARK, version, expected, box -> {
            requireHeld(box, version);
            if (flag && version.equals(box.current)) {
                throw new StoreException(Kind.CONFLICT, "current");
            }
            return box.flagged.contains(version) == flag;
        }, box -> {
            if (flag) {
                box.flagged.add(version);
            } else {
                box.flagged.remove(version);
            }
        });
    }

    @Override
    public StoreView release(KeyName key, VersionId version, long expected) {
        return change(key, Effect.RELEASE, version, expected, box -> {
            if (version.equals(box.current)) {
                throw new StoreException(Kind.CONFLICT, "current");
            }
            return box.released.contains(version);
        }, box -> {
            requireHeld(box, version);
            box.values.remove(version);
            box.flagged.remove(version);
            box.released.add(version);
        });
    }

    private static void requireHeld(Box box, VersionId version) {
        if (!box.values.containsKey(version)) {
            throw new StoreException(Kind.NOT_FOUND, "not held");
        }
    }

    private interface Check {
        /** Whether it has happened already; throws where it cannot. */
        boolean isDone(Box box);
    }

    private interface Change {
        void in(Box box);
    }

    private StoreView change(
            KeyName key, Effect effect, VersionId version, long expected, Check check, Change change) {
        crash.before(effect);
        failIf(Fault.STORE_UNAVAILABLE, Kind.UNAVAILABLE);
        failIf(Fault.STORE_THROTTLES, Kind.UNAVAILABLE);
        failIf(Fault.STORE_DENIES, Kind.DENIED);
        failIf(Fault.STORE_REQUEST_LOST, Kind.UNKNOWN_OUTCOME);
        Runnable delivery = () -> deliver(key, effect, version, expected, check, change, true);
        if (weather.strikes(Fault.STORE_REQUEST_LATE)) {
            late.add(new Late(clock.millis() + dice.between(500, 8_000), delivery));
            throw new StoreException(Kind.UNKNOWN_OUTCOME, "no answer");
        }
        deliver(key, effect, version, expected, check, change, false);
        if (weather.strikes(Fault.STORE_DELIVERS_TWICE)) {
            late.add(new Late(clock.millis() + dice.between(500, 8_000), delivery));
        }
        crash.after(effect);
        failIf(Fault.STORE_ANSWER_LOST, Kind.UNKNOWN_OUTCOME);
        return box(key).view();
    }

    private void deliver(KeyName key, Effect effect, VersionId version, long expected, Check check, Change change,
            boolean isLate) {
        Box box = box(key);
        if (check.isDone(box)) {
            return;
        }
        if (expected != box.revision) {
            throw new StoreException(Kind.CONFLICT, "the store of " + key + " has moved on");
        }
        observer.changed(key, effect, version, isLate);
        touch(box);
        change.in(box);
    }

    private void touch(Box box) {
        box.before = box.view();
        box.changedAt = clock.millis();
        box.revision++;
        changes++;
    }

    /** Requests that were under way for long arrive. */
    void tick() {
        List<Late> due = late.stream().filter(l -> l.at() <= clock.millis()).toList();
        late.removeAll(due);
        for (Late one : due) {
            try {
                one.delivery().run();
            } catch (StoreException _) {
                // Refused by the fence, and nobody waits for the answer.
            }
        }
    }

    /** Whether requests are still under way. */
    boolean isSettled() {
        return late.isEmpty();
    }

    /** A person puts a key into the store with the store's own tools. */
    void byHand(KeyName key, VersionId version, KeyMaterial material) {
        Box box = box(key);
        touch(box);
        box.values.put(version, material);
        box.flagged.remove(version);
        box.current = version;
    }

    private void failIf(Fault fault, Kind kind) {
        if (weather.strikes(fault)) {
            throw new StoreException(kind, "simulated: " + fault);
        }
    }

    /** The truth, past all faults. */
    StoreView truth(KeyName key) {
        return box(key).view();
    }

    Optional<KeyMaterial> value(KeyName key, VersionId version) {
        return Optional.ofNullable(box(key).values.get(version));
    }

    Optional<KeyMaterial> current(KeyName key) {
        return Optional.ofNullable(box(key).current).flatMap(id -> value(key, id));
    }

    Optional<KeyMaterial> published(KeyName key) {
        return Optional.ofNullable(published.get(key));
    }

    @Override
    public Publication compare(KeyName key, KeyMaterial material) {
        failIf(Fault.PUBLISH_FAILS, Kind.UNAVAILABLE);
        if (!published.containsKey(key)) {
            return Publication.ABSENT;
        }
        return material.equals(published.get(key)) ? Publication.MATCHES : Publication.DIFFERS;
    }

    @Override
    public void publish(KeyName key, KeyMaterial material) {
        crash.before(Effect.PUBLISH);
        failIf(Fault.PUBLISH_FAILS, Kind.UNAVAILABLE);
        observer.published(key, material);
        published.put(key, material);
        changes++;
        crash.after(Effect.PUBLISH);
        failIf(Fault.PUBLISH_ANSWER_LOST, Kind.UNKNOWN_OUTCOME);
    }
}
