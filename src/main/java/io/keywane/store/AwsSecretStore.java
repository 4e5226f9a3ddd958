package io.keywane.store;

import io.keywane.engine.SecretPlace;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * AWS Secrets Manager: one secret for each managed key, in which consumers read {@code AWSCURRENT}.
 *
 * <p>Each version in custody has a staging label of its own, since AWS may delete versions without one; each switch of
 * {@code AWSCURRENT} names the version that it leaves, so that it fails where somebody was quicker. Custody survives other
 * fields being changed by others: what is promoted is the key in the secret's text as it is by then. Nothing is deleted.
 */
public final class AwsSecretStore implements SecretStore {
    /** Labels that a rotation may need at once: the candidate's, its copy's, the mark's, and one to spare. */
    private static final int LABELS_OF_A_ROTATION = 4;
    /** The first version of a secret is current whatever its labels say, so it must not be a key that nobody proved. */
    private static final String PLACEHOLDER_VERSION = "keywane-placeholder-before-the-first-key";
    private static final String PLACEHOLDER = "no key yet";

    private final SecretsManagerClient client;
    private final Function<KeyName, SecretPlace> places;
    private final Consumer<Duration> sleep;
    private final Map<KeyName, ReentrantLock> locks = new ConcurrentHashMap<>();
    /** What a current version of others was found to be. A version's value never changes. */
    private final Map<String, VersionId> recognised = new ConcurrentHashMap<>();

    /**
     * Opens the store.
     *
     * @param places where each key is read by its consumers
     * @param sleep waits between looks at what was written
     */
    public AwsSecretStore(
            SecretsManagerClient client, Function<KeyName, SecretPlace> places, Consumer<Duration> sleep) {
        this.client = requireNonNull(client, "client is null");
        this.places = requireNonNull(places, "places is null");
        this.sleep = requireNonNull(sleep, "sleep is null");
    }

    @Override
    public StoreView view(KeyName key) {
        AwsCalls calls = calls(key);
        return view(calls, calls.labels());
    }

    @Override
    public KeyMaterial read(KeyName key, VersionId version) {
        AwsCalls calls = calls(key);
        AwsLabels labels = calls.labels();
        Optional<String> current = labels.holder(AwsLabels.CURRENT);
        boolean servedByOthers = current.filter(v -> labels.idOf(v).isEmpty()).isPresent()
                && view(calls, labels).current().equals(Optional.of(version));
        Optional<String> holder = servedByOthers ? current : labels.holderOf(version);
        return holder.flatMap(found -> key(calls, found)).orElseThrow(() -> notHeld(calls, version));
    }

    @Override
    public StoreView stage(KeyName key, VersionId version, KeyMaterial material, long expectedRevision) {
        return alone(key, () -> stage(calls(key), version, material, expectedRevision));
    }

    @Override
    public StoreView promote(KeyName key, VersionId version, long expectedRevision) {
        return alone(key, () -> promote(calls(key), version, expectedRevision));
    }

    @Override
    public StoreView mark(KeyName key, VersionId version, boolean flagged, long expectedRevision) {
        return alone(key, () -> mark(calls(key), version, flagged, expectedRevision));
    }

    @Override
    public StoreView release(KeyName key, VersionId version, long expectedRevision) {
        return alone(key, () -> release(calls(key), version, expectedRevision));
    }

    private StoreView stage(AwsCalls calls, VersionId version, KeyMaterial material, long expectedRevision) {
        AwsLabels labels = calls.labels();
        Optional<String> holder = labels.holderOf(version);
        if (holder.isPresent()) {
            requireSameValue(calls, holder.get(), version, material);
            return view(calls, labels);
        }
        requireRevision(calls, labels, expectedRevision);
        calls.requireNoOtherRotation();
        if (calls.text(version.value()).isPresent()) {
            throw conflict(calls, "version " + version.brief() + " was released before");
        }
        if (labels.free() < LABELS_OF_A_ROTATION) {
            throw new StoreException(StoreFailure.Kind.UNAVAILABLE, "secret " + calls.place().secret() + " has "
                    + labels.free() + " of " + AwsLabels.QUOTA + " staging labels left and a rotation needs "
                    + LABELS_OF_A_ROTATION + ": revoke the flagged keys in the vendor's dashboard and confirm it");
        }
        if (labels.isEmpty()) {
            String nothing = calls.place().field().isPresent() ? SecretText.EMPTY_OBJECT : PLACEHOLDER;
            calls.put(PLACEHOLDER_VERSION, nothing, AwsLabels.CURRENT);
            labels = calls.await(l -> l.holder(AwsLabels.CURRENT).isPresent());
        }
        if (!claimed(calls, labels, version, material)) {
            calls.put(version.value(), text(calls).withKey(currentText(calls, labels), material.exposeString()),
                    AwsLabels.held(version));
        }
        AwsLabels written = calls.await(l -> l.holder(AwsLabels.held(version)).isPresent());
        requireSameValue(calls, written.holderOf(version).orElseThrow(), version, material);
        return view(calls, written);
    }

    /** A value that consumers read already needs no copy: its version gets our label. */
    private boolean claimed(AwsCalls calls, AwsLabels labels, VersionId version, KeyMaterial material) {
        String current = labels.holder(AwsLabels.CURRENT).orElseThrow();
        boolean same = labels.idOf(current).isEmpty() && !current.equals(PLACEHOLDER_VERSION)
                && key(calls, current).filter(material::equals).isPresent();
        if (same) {
            calls.move(AwsLabels.held(version), Optional.empty(), Optional.of(current));
        }
        return same;
    }

    private StoreView promote(AwsCalls calls, VersionId version, long expectedRevision) {
        AwsLabels labels = calls.labels();
        StoreView before = view(calls, labels);
        String held = labels.holderOf(version).orElseThrow(() -> notHeld(calls, version));
        if (before.current().equals(Optional.of(version))) {
            return tidied(calls, version, labels);
        }
        requireRevision(calls, labels, expectedRevision);
        calls.requireNoOtherRotation();
        String left = labels.holder(AwsLabels.CURRENT).orElseThrow(() -> conflict(calls, "it has no current version"));
        keep(calls, labels, left, before);
        String target = withPresentFields(calls, version, held, left);
        calls.move(AwsLabels.CURRENT, Optional.of(left), Optional.of(target));
        AwsLabels switched = calls.await(l -> l.holder(AwsLabels.CURRENT).equals(Optional.of(target)));
        return tidied(calls, version, switched);
    }

    /** Before the switch leaves a version that others put there, it comes into custody. */
    private static void keep(AwsCalls calls, AwsLabels labels, String left, StoreView before) {
        if (labels.idOf(left).isPresent() || left.equals(PLACEHOLDER_VERSION)) {
            return;
        }
        VersionId id = before.current().orElseGet(() -> AwsLabels.foreign(left));
        if (labels.holderOf(id).isEmpty()) {
            calls.move(AwsLabels.held(id), Optional.empty(), Optional.of(left));
        }
    }

    /** The held version itself, or a copy of what the secret holds now with our key in it. */
    private static String withPresentFields(AwsCalls calls, VersionId version, String held, String current) {
        SecretText text = text(calls);
        String present = calls.text(current).orElseThrow(() -> notHeld(calls, version));
        String kept = calls.text(held).orElseThrow(() -> notHeld(calls, version));
        if (text.isSameBeside(present, kept)) {
            return held;
        }
        String renewed = text.withKey(present, text.key(kept).orElseThrow(() -> notHeld(calls, version)));
        String token = AwsLabels.foreign(version + "/" + current + "/" + held).value();
        calls.put(token, renewed, AwsLabels.next(version));
        calls.await(l -> l.holder(AwsLabels.next(version)).equals(Optional.of(token)));
        return token;
    }

    /** The current version bears its label of custody, on the version that consumers read, and no mark. */
    private StoreView tidied(AwsCalls calls, VersionId version, AwsLabels labels) {
        String current = labels.holder(AwsLabels.CURRENT).orElseThrow();
        String label = AwsLabels.held(version);
        Optional<String> held = labels.holder(label);
        if (!held.equals(Optional.of(current))) {
            calls.move(label, held, Optional.of(current));
        }
        remove(calls, labels, AwsLabels.revoke(version));
        remove(calls, labels, AwsLabels.next(version));
        return view(calls, calls.await(l -> l.holder(label).equals(Optional.of(current))
                && l.holder(AwsLabels.revoke(version)).isEmpty() && l.holder(AwsLabels.next(version)).isEmpty()));
    }

    private StoreView mark(AwsCalls calls, VersionId version, boolean flagged, long expectedRevision) {
        AwsLabels labels = calls.labels();
        StoreView before = view(calls, labels);
        String holder = labels.holderOf(version).orElseThrow(() -> notHeld(calls, version));
        String wanted = flagged ? AwsLabels.revoke(version) : AwsLabels.held(version);
        String other = flagged ? AwsLabels.held(version) : AwsLabels.revoke(version);
        if (labels.holder(wanted).isPresent() && labels.holder(other).isEmpty()) {
            return before;
        }
        requireRevision(calls, labels, expectedRevision);
        if (flagged && before.current().equals(Optional.of(version))) {
            throw conflict(calls, "version " + version.brief() + " is the one that consumers read");
        }
        if (labels.holder(wanted).isEmpty()) {
            calls.move(wanted, Optional.empty(), Optional.of(holder));
            labels = calls.await(l -> l.holder(wanted).isPresent());
        }
        remove(calls, labels, other);
        return view(calls, calls.await(l -> l.holder(other).isEmpty()));
    }

    private StoreView release(AwsCalls calls, VersionId version, long expectedRevision) {
        AwsLabels labels = calls.labels();
        StoreView before = view(calls, labels);
        if (labels.holderOf(version).isEmpty()) {
            if (calls.text(version.value()).isEmpty()) {
                throw notHeld(calls, version);
            }
            return before;
        }
        requireRevision(calls, labels, expectedRevision);
        if (before.current().equals(Optional.of(version))) {
            throw conflict(calls, "version " + version.brief() + " is the one that consumers read");
        }
        remove(calls, labels, AwsLabels.held(version));
        remove(calls, labels, AwsLabels.revoke(version));
        return view(calls, calls.await(l -> l.holderOf(version).isEmpty()));
    }

    private static void remove(AwsCalls calls, AwsLabels labels, String label) {
        labels.holder(label).ifPresent(holder -> calls.move(label, Optional.of(holder), Optional.empty()));
    }

    private StoreView view(AwsCalls calls, AwsLabels labels) {
        return labels.view(labels.holder(AwsLabels.CURRENT).filter(v -> !v.equals(PLACEHOLDER_VERSION))
                .flatMap(v -> labels.idOf(v).or(() -> recognise(calls, labels, v))));
    }

    /**
     * A current version that others wrote: with a key of ours it is that version (they changed other fields), else it is
     * a version of theirs; without a key there is no current one.
     */
    private Optional<VersionId> recognise(AwsCalls calls, AwsLabels labels, String current) {
        String name = calls.place().secret() + "/" + current + "/" + labels.held().stream().sorted().toList();
        VersionId known = recognised.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<KeyMaterial> served = key(calls, current);
        Optional<VersionId> found = served.map(value -> labels.held().stream()
                .filter(id -> labels.holderOf(id).flatMap(v -> key(calls, v)).filter(value::equals).isPresent())
                .findFirst().orElseGet(() -> AwsLabels.foreign(current)));
        found.ifPresent(id -> recognised.put(name, id));
        return found;
    }

    private static Optional<KeyMaterial> key(AwsCalls calls, String awsVersion) {
        return calls.text(awsVersion).flatMap(text(calls)::key).map(value -> material(calls, value));
    }

    private static String currentText(AwsCalls calls, AwsLabels labels) {
        return labels.holder(AwsLabels.CURRENT).flatMap(calls::text).orElse(SecretText.EMPTY_OBJECT);
    }

    private static void requireSameValue(AwsCalls calls, String holder, VersionId version, KeyMaterial material) {
        if (key(calls, holder).filter(material::equals).isEmpty()) {
            throw conflict(calls, "version " + version.brief() + " is held with another value");
        }
    }

    private void requireRevision(AwsCalls calls, AwsLabels labels, long expected) {
        if (view(calls, labels).revision() != expected) {
            throw conflict(calls, "it has changed since it was looked into");
        }
    }

    private <T> T alone(KeyName key, Supplier<T> work) {
        ReentrantLock lock = locks.computeIfAbsent(key, name -> new ReentrantLock());
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private AwsCalls calls(KeyName key) {
        return new AwsCalls(client, places.apply(key), sleep);
    }

    private static SecretText text(AwsCalls calls) {
        return new SecretText(calls.place());
    }

    private static KeyMaterial material(AwsCalls calls, String value) {
        try {
            return KeyMaterial.copyOf(value.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new StoreException(StoreFailure.Kind.DAMAGED, "secret " + calls.place().secret()
                    + " holds no key: " + e.getMessage(), e);
        }
    }

    private static StoreException conflict(AwsCalls calls, String why) {
        return new StoreException(StoreFailure.Kind.CONFLICT, "secret " + calls.place().secret() + ": " + why);
    }

    private static StoreException notHeld(AwsCalls calls, VersionId version) {
        return new StoreException(StoreFailure.Kind.NOT_FOUND, "secret " + calls.place().secret()
                + " does not hold version " + version.brief());
    }
}
