package io.keywane.store;

import io.keywane.engine.HostClock;
import io.keywane.engine.KeySource.Answer;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreFinding;
import io.keywane.engine.StoreInspector;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.engine.VaultSettings;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * A KV version 2 mount of HashiCorp Vault or OpenBao as the place of keys.
 *
 * <p>Consumers read one field of a secret of their own; keywane changes that field and no other. Everything in custody lies
 * in a document beside it (see {@link VaultBooks}), whose version number is the revision. A promotion first writes the
 * document, which fences off every other decision, then the field; between the two the former key is still what consumers
 * read. Nothing is ever deleted.
 */
public final class VaultSecretStore implements SecretStore, StoreInspector, CandidatePlaces {
    private static final Logger LOG = LoggerFactory.getLogger(VaultSecretStore.class);
    /** How often other fields may change under a promotion before it is given up for now. */
    private static final int TRIES = 5;

    private final String called;
    private final VaultSettings settings;
    private final Supplier<Map<KeyName, StoreReference>> places;
    private final Supplier<Map<KeyName, StoreReference>> candidates;
    private final HostClock clock;
    private final VaultServer server;
    private final VaultKv kv;
    private final VaultInspection inspection;
    private final LastLooks<Seen> seen;
    private final Map<KeyName, Long> foreign = new ConcurrentHashMap<>();

    /** What was read of a key: the consumers' secret first, so that a promotion between the two is not taken for foreign. */
    private record Seen(StoreReference place, VaultDocument secret, VaultBooks books, Moment at) {
        /** The field of the secret that is the key; the settings see to it that a place in Vault has one. */
        String field() {
            return place.field().orElseThrow();
        }

        Optional<KeyMaterial> served() {
            return secret.key(field());
        }

        Optional<VersionId> current() {
            return books.chosen().isEmpty() ? Optional.empty() : served().flatMap(books::versionOf);
        }

        /** Whether consumers read something that keywane neither wrote nor took in, or nothing any more. */
        boolean isForeign() {
            return books.chosen().isPresent() && current().isEmpty();
        }
    }

    private VaultSecretStore(StoreName name, VaultSettings settings, Supplier<Map<KeyName, StoreReference>> places,
            Supplier<Map<KeyName, StoreReference>> candidates, HostClock clock) {
        this.called = "store " + name;
        this.settings = requireNonNull(settings, "settings is null");
        this.places = requireNonNull(places, "places is null");
        this.candidates = requireNonNull(candidates, "candidates is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.seen = new LastLooks<>(clock, settings.refresh());
        this.server = new VaultServer(name, settings, clock);
        this.kv = new VaultKv(server, settings, clock);
        this.inspection = new VaultInspection(called, server, kv, settings);
    }

    /**
     * Opens the store. A server that cannot be reached now is no error: keys in it wait until it can.
     *
     * @param places where each key of this store is kept, as configured now
     * @param candidates from where new keys are taken
     * @throws StoreException if the mount is known not to be KV version 2, or a file that the settings name is unusable
     */
    public static VaultSecretStore open(StoreName name, VaultSettings settings,
            Supplier<Map<KeyName, StoreReference>> places, Supplier<Map<KeyName, StoreReference>> candidates,
            HostClock clock) {
        VaultSecretStore store = new VaultSecretStore(name, settings, places, candidates, clock);
        store.lookFirst();
        return store;
    }

    private void lookFirst() {
        Optional<StoreException> fault = Optional.empty();
        try {
            fault = kv.mountFault();
        } catch (StoreException e) {
            LOG.warn("keys in {} wait: {}", called, e.getMessage());
        }
        fault.ifPresent(wrongMount -> {
            throw wrongMount;
        });
    }

    @Override
    public StoreView view(KeyName key) {
        return custody(recent(key)).view();
    }

    @Override
    public KeyMaterial read(KeyName key, VersionId version) {
        return custody(recent(key)).value(version);
    }

    @Override
    public Optional<KeyMaterial> served(KeyName key) {
        return fresh(key).served();
    }

    @Override
    public StoreView stage(KeyName key, VersionId version, KeyMaterial material, long expectedRevision) {
        Seen now = fresh(key);
        Custody<KeyMaterial> custody = custody(now);
        KeyMaterial present = custody.held().get(version);
        if (present == null) {
            return save(now, custody, custody.stage(version, material, expectedRevision), now.books().chosen());
        }
        if (!present.equals(material)) {
            throw custody.conflict("version " + version.brief() + " is held with another value");
        }
        return custody.view();
    }

    @Override
    public StoreView promote(KeyName key, VersionId version, long expectedRevision, Runnable proof) {
        Seen now = fresh(key);
        Custody<KeyMaterial> before = custody(now);
        Custody<KeyMaterial> after = before.promote(version, expectedRevision);
        if (after.revision() == before.revision()) {
            return before.view();
        }
        requireOurs(now, before, before.value(version));
        proof.run();
        save(now, before, after, Optional.of(version));
        try {
            serve(now, after, after.value(version), proof);
        } finally {
            seen.forget(key);
        }
        return after.view();
    }

    @Override
    public StoreView mark(KeyName key, VersionId version, boolean flagged, long expectedRevision) {
        Seen now = fresh(key);
        Custody<KeyMaterial> before = custody(now);
        return save(now, before, before.mark(version, flagged, expectedRevision), now.books().chosen());
    }

    @Override
    public StoreView release(KeyName key, VersionId version, long expectedRevision) {
        Seen now = fresh(key);
        Custody<KeyMaterial> before = custody(now);
        return save(now, before, before.release(version, expectedRevision), now.books().chosen());
    }

    @Override
    public Answer candidate(KeyName key, StoreReference place) {
        VaultDocument document = kv.read(place.path());
        String field = place.field().orElseThrow();
        return document.text(field).map(text -> KeyText.answer(text.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> new Answer.Nothing(document.isPresent()
                        ? kv.full(place.path()) + " has no text in field " + field
                        : "there is nothing in " + kv.full(place.path())));
    }

    @Override
    public List<StoreFinding> inspect() {
        return inspection.inspect(places.get(), candidates.get(), clock.now());
    }

    private Custody<KeyMaterial> custody(Seen now) {
        return now.books().custody(called, now.current());
    }

    private Seen recent(KeyName key) {
        return seen.get(key).filter(last -> last.place().equals(place(key))
                && !clock.now().isAtLeastAfter(last.at(), settings.refresh())).orElseGet(() -> fresh(key));
    }

    private Seen fresh(KeyName key) {
        return seen.look(key, () -> {
            StoreReference place = place(key);
            Moment at = clock.now();
            VaultDocument secret = kv.read(place.path());
            Seen now = new Seen(place, secret, books(key, place), at);
            warnIfForeign(key, now);
            return now;
        });
    }

    private VaultBooks books(KeyName key, StoreReference place) {
        VaultDocument document = kv.read(place.custody());
        return switch (document.presence()) {
            case ABSENT -> VaultBooks.empty(key);
            case PRESENT -> decoded(key, place, document);
            case DELETED -> throw damaged(place, "was deleted by somebody, and keys in custody with it",
                    "undo that: `vault kv undelete -mount=" + settings.mount() + " -versions=" + document.version()
                            + " " + place.custody() + "`");
        };
    }

    private VaultBooks decoded(KeyName key, StoreReference place, VaultDocument document) {
        try {
            return VaultBooks.decode(key, document);
        } catch (VaultBooks.Unreadable e) {
            throw damaged(place, String.valueOf(e.getMessage()),
                    "put back the version that keywane wrote, or give the key another `custody`");
        }
    }

    private StoreException damaged(StoreReference place, String why, String wayOut) {
        return server.faults().fault(StoreFailure.Kind.DAMAGED, "reading " + kv.full(place.custody()),
                "keywane's own document " + why, wayOut);
    }

    private StoreReference place(KeyName key) {
        StoreReference place = places.get().get(key);
        if (place == null) {
            throw new StoreException(StoreFailure.Kind.NOT_FOUND,
                    "key " + key + " is not configured to be in " + called);
        }
        return place;
    }

    private void warnIfForeign(KeyName key, Seen now) {
        if (!now.isForeign()) {
            foreign.remove(key);
            return;
        }
        Long before = foreign.put(key, now.secret().version());
        if (before == null || before != now.secret().version()) {
            LOG.warn("somebody else changed field {} of {}, the key of {}: keywane leaves it alone",
                    now.field(),
                    kv.full(now.place().path()), key);
        }
    }

    /** A change of the key by others is never written over; one of other fields is kept. */
    private void requireOurs(Seen now, Custody<KeyMaterial> custody, KeyMaterial next) {
        if (now.isForeign()) {
            throw custody.conflict("somebody else changed or removed field " + now.field() + " of "
                    + kv.full(now.place().path()) + "; both values are kept: put keywane's back, or take the other in");
        }
        boolean first = now.books().chosen().isEmpty();
        if (first && now.secret().has(now.field()) && !now.served().equals(Optional.of(next))) {
            throw custody.conflict("consumers already read another key in field " + now.field() + " of "
                    + kv.full(now.place().path()) + ": take that one in first with `keywane keys import`");
        }
    }

    private StoreView save(Seen now, Custody<KeyMaterial> before, Custody<KeyMaterial> after,
            Optional<VersionId> chosen) {
        if (after.revision() == before.revision()) {
            return before.view();
        }
        VaultBooks next = VaultBooks.of(after, chosen);
        boolean saved;
        try {
            saved = kv.write(now.place().custody(), before.revision(), next.encode(),
                    document -> isSaved(next, document));
        } finally {
            seen.forget(before.key());
        }
        if (!saved) {
            throw before.conflict("somebody else changed it meanwhile: look again and decide anew");
        }
        return after.view();
    }

    private static boolean isSaved(VaultBooks wanted, VaultDocument document) {
        try {
            return document.isPresent() && document.version() == wanted.revision()
                    && VaultBooks.decode(wanted.key(), document).saysTheSameAs(wanted);
        } catch (VaultBooks.Unreadable _) {
            return false;
        }
    }

    /** Writes the field that consumers read; goes on where others changed other fields, stops where they changed the key. */
    private void serve(Seen now, Custody<KeyMaterial> books, KeyMaterial value, Runnable proof) {
        StoreReference place = now.place();
        String field = now.field();
        VaultDocument secret = now.secret();
        for (int i = 0; i < TRIES; i++) {
            if (secret.key(field).equals(Optional.of(value))) {
                return;
            }
            boolean sameKey = secret.key(field).equals(now.served())
                    && secret.has(field) == now.secret().has(field);
            if (!sameKey || (i > 0 && books(books.key(), place).revision() != books.revision())) {
                throw books.conflict("somebody else changed the key meanwhile: look again and decide anew");
            }
            proof.run();
            if (kv.write(place.path(), secret.version(), secret.with(field, value),
                    document -> document.key(field).equals(Optional.of(value)))) {
                return;
            }
            secret = kv.read(place.path());
        }
        throw books.conflict("its secret changes all the time: look again and decide anew");
    }
}
