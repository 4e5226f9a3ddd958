package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.Publication;
import io.keywane.rotation.StoreView;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A secret store and what is published on the host, in memory: both outlive the daemon. One key is enough. */
final class TestingStore implements SecretStore, Publisher {
    boolean markFails;
    private final Crash crash;
    final Map<VersionId, KeyMaterial> values = new HashMap<>();
    final Set<VersionId> flagged = new HashSet<>();
    @Nullable
    VersionId current;
    @Nullable
    KeyMaterial published;
    StoreFailure.@Nullable Kind failing;
    boolean answersAreLost;
    /** What happens, or how long it takes, until the call that switches. */
    Runnable beforeSwitch = () -> {};
    long revision;
    int promotions;

    TestingStore(Crash crash) {
        this.crash = crash;
    }

    @Override
    public StoreView view(KeyName key) {
        failIfAsked();
        return new StoreView(revision, Optional.ofNullable(current), values.keySet(), flagged);
    }

    @Override
    public KeyMaterial read(KeyName key, VersionId version) {
        failIfAsked();
        KeyMaterial value = values.get(version);
        if (value == null) {
            throw new StoreException(StoreFailure.Kind.NOT_FOUND, "no version " + version.brief() + " of " + key);
        }
        return value;
    }

    @Override
    public StoreView stage(KeyName key, VersionId version, KeyMaterial material, long expectedRevision) {
        return change("stage", key, expectedRevision, () -> values.put(version, material));
    }

    @Override
    public StoreView promote(KeyName key, VersionId version, long expectedRevision, Runnable proof) {
        read(key, version);
        beforeSwitch.run();
        proof.run();
        return change("promote", key, expectedRevision, () -> {
            promotions++;
            current = version;
        });
    }

    @Override
    public StoreView mark(KeyName key, VersionId version, boolean flag, long expectedRevision) {
        if (markFails) {
            throw new StoreException(StoreFailure.Kind.UNAVAILABLE, "asked for by the test");
        }
        return change("mark", key, expectedRevision, () -> {
            if (flag) {
                flagged.add(version);
            } else {
                flagged.remove(version);
            }
        });
    }

    @Override
    public StoreView release(KeyName key, VersionId version, long expectedRevision) {
        return change("release", key, expectedRevision, () -> {
            values.remove(version);
            flagged.remove(version);
        });
    }

    private StoreView change(String what, KeyName key, long expected, Runnable effect) {
        failIfAsked();
        crash.point("before " + what);
        if (expected != revision) {
            throw new StoreException(StoreFailure.Kind.CONFLICT, "the store of " + key + " has moved on");
        }
        effect.run();
        revision++;
        crash.point("after " + what);
        if (answersAreLost) {
            throw new StoreException(StoreFailure.Kind.UNKNOWN_OUTCOME, "no answer");
        }
        return view(key);
    }

    private void failIfAsked() {
        StoreFailure.Kind kind = failing;
        if (kind != null) {
            throw new StoreException(kind, "the store fails");
        }
    }

    @Override
    public Publication compare(KeyName key, KeyMaterial material) {
        if (published == null) {
            return Publication.ABSENT;
        }
        return material.equals(published) ? Publication.MATCHES : Publication.DIFFERS;
    }

    @Override
    public void publish(KeyName key, KeyMaterial material) {
        crash.point("before publish");
        published = material;
        crash.point("after publish");
    }
}
