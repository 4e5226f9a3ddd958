package io.keywane.engine;

import io.keywane.engine.ConsumerTeller.Told;
import io.keywane.engine.KeySettings.PublishSettings;
import io.keywane.engine.KeySettings.TellSettings;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Publication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs the command that tells consumers of a publication, after each, until it succeeds: with growing waits, and on after a
 * restart. That it is owed is durable before the key is published, so no death between the two forgets it; so it may run
 * twice. Whatever comes of it changes nothing of the publication. One run for a key at a time.
 */
final class Telling {
    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final String CUT_OFF = "the daemon ended while it ran";

    private final Ports ports;
    private final Ids ids;
    private final Map<KeyName, TellingNote> notes = new ConcurrentHashMap<>();
    private final Map<KeyName, Moment> tries = new ConcurrentHashMap<>();

    Telling(Ports ports, Ids ids) {
        this.ports = ports;
        this.ids = ids;
    }

    private static Optional<TellSettings> settings(KeyWatcher watcher) {
        return watcher.settings().publish().flatMap(PublishSettings::tell);
    }

    private static String noteName(KeyName key) {
        return "tell/" + key;
    }

    /** Takes over what a former process left. */
    void restore(KeyName key) {
        ports.states().setting(noteName(key)).flatMap(TellingNote::read).ifPresent(note -> notes.put(key, note));
    }

    /** A version is about to be published. Throws {@link PersistenceException} where that cannot be noted. */
    void owe(KeyWatcher watcher, VersionId version) {
        if (settings(watcher).isEmpty()) {
            return;
        }
        synchronized (this) {
            Optional<TellingNote> same = Optional.ofNullable(notes.get(watcher.name))
                    .filter(note -> note.version().equals(version));
            TellingNote next = same.map(note -> note.again(ids.fresh(), ports.clock().now().wall()))
                    .orElseGet(() -> TellingNote.fresh(ids.fresh(), version, ports.clock().now().wall()));
            keep(watcher.name, next);
        }
        tries.remove(watcher.name);
    }

    /** What the command was to tell was put right, perhaps: nobody waits for the next try. */
    void hurry() {
        tries.clear();
    }

    /** How far it came with the latest publication; empty where no command is configured, or nothing was published since. */
    Optional<TellingReport> report(KeyWatcher watcher) {
        return settings(watcher).flatMap(settings -> Optional.ofNullable(notes.get(watcher.name))
                .map(note -> new TellingReport(settings.command().getFirst(), note.stage() == TellingNote.Stage.TOLD,
                        note.at(), note.vain(), note.failingSince(), note.detail())));
    }

    /** Why the command of a key would not be run; empty where it may be, and where none is configured. */
    Optional<String> fault(KeyWatcher watcher) {
        return settings(watcher).flatMap(ports.teller()::fault);
    }

    /** Runs the command, where it is owed and time to. */
    void look(KeyWatcher watcher) {
        Optional<TellSettings> settings = settings(watcher);
        Optional<TellingNote> note = Optional.ofNullable(notes.get(watcher.name))
                .filter(n -> n.stage() != TellingNote.Stage.TOLD && isPublished(watcher, n));
        if (settings.isEmpty() || note.isEmpty() || !isTime(watcher.name, note.get())) {
            return;
        }
        tries.put(watcher.name, ports.clock().now());
        try {
            tell(watcher.name, settings.get(), note.get());
        } catch (PersistenceException e) {
            ports.telemetry().auditFailed();
            LOG.error("consumers of {} are not told, because that cannot be written: {}", watcher.name,
                    e.getMessage());
            remember(watcher.name, note.get(), note.get().failed(String.valueOf(e.getMessage()),
                    ports.clock().now().wall()));
        }
        tries.put(watcher.name, ports.clock().now());
    }

    /** Consumers read just what the command is to tell them of. */
    private static boolean isPublished(KeyWatcher watcher, TellingNote note) {
        return watcher.publication() == Publication.MATCHES
                && watcher.state().current().map(KeyVersion::id).equals(Optional.of(note.version()));
    }

    private boolean isTime(KeyName key, TellingNote note) {
        Duration grown = FIRST_WAIT.multipliedBy(1L << Math.min(Math.max(note.vain() - 1, 0), 10));
        Duration wait = grown.compareTo(LONGEST_WAIT) < 0 ? grown : LONGEST_WAIT;
        Moment last = tries.get(key);
        return last == null || ports.clock().now().isAtLeastAfter(last, wait);
    }

    private void tell(KeyName key, TellSettings settings, TellingNote found) {
        TellingNote note = found;
        if (note.stage() == TellingNote.Stage.RUNNING) {
            note = note.failed(CUT_OFF, ports.clock().now().wall());
            audit(key, "did.tell", note, CUT_OFF, Optional.of(Intent.Outcome.UNKNOWN));
        }
        TellingNote running = note.running(ports.clock().now().wall());
        audit(key, "try.tell", running, "", Optional.empty());
        if (!replace(key, found, running)) {
            return; // another publication came between
        }
        Told told = ports.teller().tell(settings);
        ports.telemetry().told(key, told.outcome());
        boolean succeeded = told.outcome() == Intent.Outcome.SUCCEEDED;
        TellingNote after = succeeded
                ? running.told(ports.clock().now().wall())
                : running.failed(told.detail(), ports.clock().now().wall());
        // Known here even if it cannot be written: this process need not run it again.
        remember(key, running, after);
        if (succeeded) {
            LOG.info("consumers of {} were told by {}", key, settings.command().getFirst());
        } else {
            LOG.warn("consumers of {} were not told by {}, and it is tried again: {}", key,
                    settings.command().getFirst(), told.detail());
        }
        try {
            audit(key, "did.tell", after, told.detail(), Optional.of(told.outcome()));
            keepIfLatest(key, after);
        } catch (PersistenceException e) {
            ports.telemetry().auditFailed();
            LOG.error("how the command for {} ended cannot be written: {}", key, e.getMessage());
        }
    }

    private synchronized void remember(KeyName key, TellingNote expected, TellingNote next) {
        notes.computeIfPresent(key, (_, present) -> present.id().equals(expected.id()) ? next : present);
    }

    private synchronized boolean replace(KeyName key, TellingNote expected, TellingNote next) {
        if (!expected.equals(notes.get(key))) {
            return false;
        }
        keep(key, next);
        return true;
    }

    private synchronized void keepIfLatest(KeyName key, TellingNote note) {
        if (note.equals(notes.get(key))) {
            keep(key, note);
        }
    }

    private void keep(KeyName key, TellingNote note) {
        ports.states().setting(noteName(key), note.text());
        notes.put(key, note);
    }

    private void audit(KeyName key, String action, TellingNote note, String reason, Optional<Intent.Outcome> outcome) {
        Map<String, String> details = new TreeMap<>(
                Map.of("version", note.version().brief(), "publication", note.id()));
        outcome.ifPresent(o -> details.put("outcome", o.name().toLowerCase(Locale.ROOT)));
        ports.states().audit(List.of(new AuditEntry(ports.clock().now().wall(), AuditEntry.DAEMON, action,
                Optional.of(key), reason, Optional.empty(), details)));
    }
}
