package io.keywane.store;

import io.keywane.engine.AwsSettings;
import io.keywane.engine.HostClock;
import io.keywane.engine.KeySource.Answer;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreFinding;
import io.keywane.engine.StoreInspector;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
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
public final class AwsSecretStore implements SecretStore, StoreInspector, CandidatePlaces, AutoCloseable {
    private final String called;
    private final AwsSettings settings;
    private final SecretsManagerClient client;
    private final Supplier<Map<KeyName, StoreReference>> places;
    private final Supplier<Map<KeyName, StoreReference>> candidates;
    private final HostClock clock;
    private final Map<KeyName, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<StoreReference, AwsSecret> secrets = new ConcurrentHashMap<>();
    private final LastLooks<Seen> seen;

    /** A look of a while ago, with the values that were read, by AWS' version ids. */
    private record Seen(AwsSecret secret, AwsSecret.Look look, Map<String, KeyMaterial> values, Moment at) {
        KeyMaterial value(VersionId version) {
            return values.computeIfAbsent(secret.holder(look, version), holder -> secret.value(holder, version));
        }

        /** The values of the versions that are still there at a later look: AWS changes none, and bills each reading. */
        Map<String, KeyMaterial> valuesAt(AwsSecret.Look later) {
            Map<String, KeyMaterial> still = new ConcurrentHashMap<>(values);
            still.keySet().retainAll(later.labels().stages().keySet());
            return still;
        }
    }

    AwsSecretStore(StoreName name, AwsSettings settings, SecretsManagerClient client,
            Supplier<Map<KeyName, StoreReference>> places, Supplier<Map<KeyName, StoreReference>> candidates,
            HostClock clock) {
        this.called = "store " + requireNonNull(name, "name is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.client = requireNonNull(client, "client is null");
        this.places = requireNonNull(places, "places is null");
        this.candidates = requireNonNull(candidates, "candidates is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.seen = new LastLooks<>(clock, settings.refresh());
    }

    /**
     * Opens the store. AWS is not asked yet: keys in it wait until it can be reached.
     *
     * @param places where each key of this store is kept, as configured now
     * @param candidates from where new keys are taken
     */
    public static AwsSecretStore open(StoreName name, AwsSettings settings,
            Supplier<Map<KeyName, StoreReference>> places, Supplier<Map<KeyName, StoreReference>> candidates,
            HostClock clock) {
        return new AwsSecretStore(name, settings, AwsClients.secretsManager(settings), places, candidates, clock);
    }

    @Override
    public StoreView view(KeyName key) {
        return recent(key).look().view();
    }

    @Override
    public KeyMaterial read(KeyName key, VersionId version) {
        return recent(key).value(version);
    }

    @Override
    public StoreView stage(KeyName key, VersionId version, KeyMaterial material, long expectedRevision) {
        return change(key, secret -> secret.stage(version, material, expectedRevision));
    }

    @Override
    public StoreView promote(KeyName key, VersionId version, long expectedRevision, Runnable proof) {
        return change(key, secret -> secret.promote(version, expectedRevision, proof));
    }

    @Override
    public StoreView mark(KeyName key, VersionId version, boolean flagged, long expectedRevision) {
        return change(key, secret -> secret.mark(version, flagged, expectedRevision));
    }

    @Override
    public StoreView release(KeyName key, VersionId version, long expectedRevision) {
        return change(key, secret -> secret.release(version, expectedRevision));
    }

    @Override
    public Answer candidate(KeyName key, StoreReference place) {
        return new AwsCandidate(client, place).read(secret(key).arn());
    }

    @Override
    public List<StoreFinding> inspect() {
        List<StoreFinding> findings = new ArrayList<>(
                new AwsInspection(called, settings, client).inspect(places.get()));
        new TreeMap<>(candidates.get()).forEach((key, place) -> findings.add(inspect(key, place)));
        return List.copyOf(findings);
    }

    private StoreFinding inspect(KeyName key, StoreReference candidate) {
        try {
            candidate(key, candidate);
            return StoreFinding.ok("key " + key,
                    "secret " + candidate.path() + ", where new keys are put, can be read");
        } catch (StoreException e) {
            return StoreFinding.problem("key " + key, "where new keys are put: " + e.getMessage(),
                    "compare the role's policy with config/aws/rotate.json, and the secret's tag with it");
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private Seen recent(KeyName key) {
        return seen.get(key).filter(last -> last.secret().place().equals(place(key))
                && !clock.now().isAtLeastAfter(last.at(), settings.refresh())).orElseGet(() -> fresh(key));
    }

    private Seen fresh(KeyName key) {
        return seen.look(key, () -> {
            Moment at = clock.now();
            AwsSecret secret = secret(key);
            Optional<Seen> before = seen.get(key).filter(last -> last.secret() == secret);
            AwsSecret.Look look = secret.look();
            return new Seen(secret, look, before.map(last -> last.valuesAt(look)).orElseGet(ConcurrentHashMap::new),
                    at);
        });
    }

    private StoreView change(KeyName key, Function<AwsSecret, StoreView> work) {
        ReentrantLock lock = locks.computeIfAbsent(key, name -> new ReentrantLock());
        lock.lock();
        try {
            return work.apply(secret(key));
        } finally {
            seen.forget(key);
            lock.unlock();
        }
    }

    private AwsSecret secret(KeyName key) {
        return secrets.computeIfAbsent(place(key), place -> new AwsSecret(
                new AwsCalls(client, place, AwsSecretStore::pause)));
    }

    private StoreReference place(KeyName key) {
        StoreReference place = places.get().get(key);
        if (place == null) {
            throw new StoreException(StoreFailure.Kind.NOT_FOUND,
                    "key " + key + " is not configured to be in " + called);
        }
        return place;
    }

    private static void pause(Duration span) {
        LockSupport.parkNanos(span.toNanos());
    }
}
