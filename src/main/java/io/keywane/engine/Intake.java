package io.keywane.engine;

import io.keywane.engine.KeySource.Answer;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.rotation.RefusedException;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
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
 * Takes the new key of a rotation that waits for one from where the key's settings say, by the same road as a key that a
 * person supplies. A key that was refused is not tried again, and what an issuer is asked with is durable before it is
 * asked. Nothing is ever deleted at the source. One call for a key at a time.
 */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    /** A place is looked at so often; an issuer is asked again after a wait that grows from the first to the longest. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final Ports ports;
    private final Ids ids;
    private final Map<KeyName, Look> looks = new ConcurrentHashMap<>();

    /** The latest look, and how many came to nothing before it. */
    private record Look(IntakeNote note, Moment at, int vain) {}

    Intake(Ports ports, Ids ids) {
        this.ports = ports;
        this.ids = ids;
    }

    /** What a rotation that waits for its key gets to know; empty where it does not wait, or nothing is configured. */
    Optional<IntakeReport> report(KeyWatcher watcher) {
        Optional<Rotation> waiting = waiting(watcher);
        return watcher.settings().intake().filter(_ -> waiting.isPresent()).map(settings -> {
            Optional<Look> look = Optional.ofNullable(looks.get(watcher.name))
                    .filter(last -> last.note().rotation().equals(waiting.get().id()));
            return new IntakeReport(settings.words(), look.map(l -> l.note().finding())
                    .orElse(IntakeFinding.NOT_LOOKED), look.map(l -> l.note().detail()).orElse(""),
                    look.map(l -> l.at().wall()));
        });
    }

    /** A rotation that brings a new key, has none yet, and is not stopped. The first key of a name is a person's to give. */
    private static Optional<Rotation> waiting(KeyWatcher watcher) {
        return watcher.state().openRotation()
                .filter(r -> r.state() == RotationState.AWAITING_KEY && !r.paused())
                .filter(r -> r.oldVersion().isPresent())
                .filter(r -> switch (r.trigger()) {
                    case OPERATOR, AGE, EMERGENCY -> true;
                    case ADOPTION, ROLLBACK -> false;
                });
    }

    /** Looks, if it is time to, and takes in what is there. */
    void look(KeyWatcher watcher, Operations operations) {
        Optional<IntakeSettings> settings = watcher.settings().intake();
        Optional<Rotation> waiting = waiting(watcher);
        if (settings.isEmpty() || waiting.isEmpty()) {
            return;
        }
        Moment now = ports.clock().now();
        Optional<Look> last = Optional.ofNullable(looks.get(watcher.name))
                .filter(look -> look.note().rotation().equals(waiting.get().id()));
        if (last.filter(look -> !now.isAtLeastAfter(look.at(), wait(settings.get(), look.vain()))).isPresent()) {
            return;
        }
        try {
            IntakeNote note = note(watcher.name, waiting.get().id());
            IntakeNote after = note.stopped() ? note : asked(watcher, settings.get(), note, operations);
            looks.put(watcher.name, new Look(after, ports.clock().now(), last.map(Look::vain).orElse(0) + 1));
        } catch (PersistenceException e) {
            LOG.error("no new key of {} is looked for, because that cannot be written: {}", watcher.name,
                    e.getMessage());
            looks.put(watcher.name, new Look(IntakeNote.fresh(waiting.get().id(), "").found(IntakeFinding.FAILED,
                    String.valueOf(e.getMessage())), now, last.map(Look::vain).orElse(0) + 1));
        }
    }

    private static Duration wait(IntakeSettings settings, int vain) {
        return switch (settings) {
            case IntakeSettings.Candidate _,IntakeSettings.CandidateFile _ -> LOOK_EVERY;
            case IntakeSettings.Issuer _ -> {
                Duration grown = FIRST_WAIT.multipliedBy(1L << Math.min(Math.max(vain - 1, 0), 10));
                yield grown.compareTo(LONGEST_WAIT) < 0 ? grown : LONGEST_WAIT;
            }
        };
    }

    private static String noteName(KeyName key) {
        return "intake/" + key;
    }

    private IntakeNote note(KeyName key, String rotation) {
        return ports.states().setting(noteName(key)).flatMap(text -> IntakeNote.read(text, rotation))
                .orElseGet(() -> IntakeNote.fresh(rotation, ids.ofRequest("intake", key, rotation)));
    }

    private IntakeNote asked(KeyWatcher watcher, IntakeSettings settings, IntakeNote note, Operations operations) {
        boolean issues = settings instanceof IntakeSettings.Issuer;
        if (issues) {
            // Whatever becomes of this process, the next one asks with the same id.
            ports.states().setting(noteName(watcher.name), note.text());
            audit(watcher, "try.issue", note, "", Map.of());
        }
        Answer answer = ask(watcher.name, note.requestId());
        IntakeNote after = heard(watcher, settings, note, answer, operations);
        if (issues) {
            audit(watcher, "did.issue", note, after.finding().word(), Map.of("outcome", outcome(answer)));
        }
        if (!after.equals(note)) {
            LOG.info("new key of {} from {}: {}{}", watcher.name, settings.words(), after.finding().sentence(),
                    after.detail().isEmpty() ? "" : ": " + after.detail());
            ports.states().setting(noteName(watcher.name), after.text());
        }
        return after;
    }

    private Answer ask(KeyName key, String requestId) {
        try {
            return ports.sources().ask(key, requestId);
        } catch (StoreException e) {
            return new Answer.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static String outcome(Answer answer) {
        Intent.Outcome outcome = switch (answer) {
            case Answer.Found _,Answer.Unusable _,Answer.Nothing _ -> Intent.Outcome.SUCCEEDED;
            case Answer.Failed _,Answer.Declined _ -> Intent.Outcome.FAILED;
            case Answer.Unclear _ -> Intent.Outcome.UNKNOWN;
        };
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private IntakeNote heard(KeyWatcher watcher, IntakeSettings settings, IntakeNote note, Answer answer,
            Operations operations) {
        return switch (answer) {
            case Answer.Nothing nothing -> note.found(IntakeFinding.NOTHING, nothing.why());
            case Answer.Failed failed -> note.found(IntakeFinding.FAILED, failed.why());
            case Answer.Unclear unclear -> note.found(IntakeFinding.UNCLEAR, unclear.why());
            case Answer.Declined declined -> note.found(IntakeFinding.DECLINED, declined.why()).stop();
            case Answer.Unusable unusable -> unusable(settings, note, unusable);
            case Answer.Found found -> found(watcher, settings, note, found.material(), operations);
        };
    }

    /** The same request would bring the same; in a place somebody may put it right. */
    private static IntakeNote unusable(IntakeSettings settings, IntakeNote note, Answer.Unusable unusable) {
        IntakeNote found = note.found(IntakeFinding.UNUSABLE, unusable.fault().message());
        return settings instanceof IntakeSettings.Issuer ? found.stop() : found;
    }

    private IntakeNote found(KeyWatcher watcher, IntakeSettings settings, IntakeNote note, KeyMaterial material,
            Operations operations) {
        String fingerprint = ids.fingerprint(material).value();
        if (note.refused().equals(Optional.of(fingerprint))) {
            return note;
        }
        try {
            operations.perform(watcher.name, new Change.Supply(material, Optional.empty()), new Operator(
                    AuditEntry.DAEMON, "taken from " + settings.words(), Optional.of(note.requestId())));
            return note.found(IntakeFinding.TAKEN, "");
        } catch (RefusedException e) {
            return refused(watcher, settings, note, material, e);
        } catch (StoreException e) {
            return note.found(IntakeFinding.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private IntakeNote refused(KeyWatcher watcher, IntakeSettings settings, IntakeNote note, KeyMaterial material,
            RefusedException e) {
        boolean issued = settings instanceof IntakeSettings.Issuer;
        String why = String.valueOf(e.getMessage());
        boolean known = watcher.state().withValue(ids.fingerprint(material)).isPresent();
        // The key of the rotation before lies there until somebody puts the next one: nothing to speak of.
        if (issued || !known) {
            LOG.warn("a key of {} from {} was refused and is not tried again: {}", watcher.name, settings.words(), why);
            audit(watcher, "intake.refused", note, why, Map.of("source", settings.words()));
        }
        return note.refusing(ids.fingerprint(material).value(), known ? IntakeFinding.KNOWN : IntakeFinding.REFUSED,
                why + (issued && !known ? "; it is a live key at the vendor: revoke it there" : ""), issued);
    }

    private void audit(KeyWatcher watcher, String action, IntakeNote note, String reason, Map<String, String> more) {
        Map<String, String> details = new TreeMap<>(more);
        details.put("rotation", note.rotation());
        ports.states().audit(List.of(new AuditEntry(ports.clock().now().wall(), AuditEntry.DAEMON, action,
                Optional.of(watcher.name), reason, Optional.of(note.requestId()), details)));
    }
}
