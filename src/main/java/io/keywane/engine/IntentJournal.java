package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.rotation.Evidence;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Publication;
import io.keywane.rotation.StoreView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/**
 * Writes down how what was intended ended; an outcome that was lost (an answer, a process, a disk) is learnt by reading
 * back.
 *
 * <p>What shows is done. What does not show is given up only when no request of that time can still be under way.
 */
final class IntentJournal {
    /** Longer than any call to a store may take with its repeats, and than one may be held up on its way. */
    private static final Duration LATEST = Duration.ofMinutes(2);
    private static final String ABSENT = "read back: not in effect";
    private static final Logger LOG = LoggerFactory.getLogger(IntentJournal.class);

    private final Ports ports;

    IntentJournal(Ports ports) {
        this.ports = ports;
    }

    /** An effect was tried and this came of it. */
    void conclude(KeyWatcher watcher, Intent intent, Intent.Outcome outcome, String detail) {
        if (outcome == Intent.Outcome.UNKNOWN) {
            watcher.intentsAreOpen(true);
        }
        try {
            write(intent, outcome, detail);
        } catch (PersistenceException e) {
            watcher.intentsAreOpen(true);
            ports.telemetry().auditFailed();
            LOG.error("the outcome of {} for {} could not be written; it will be learnt by looking: {}",
                    intent.action(), watcher.name, e.getMessage());
        }
    }

    private void write(Intent intent, Intent.Outcome outcome, String detail) {
        ports.states().conclude(intent, outcome,
                AuditLines.outcome(intent.key(), intent, outcome, detail, ports.clock().now()));
    }

    /** Ends the intents whose outcome was lost, as far as what is seen now tells it. */
    void readBack(KeyWatcher watcher, Evidence evidence, Moment now) {
        if (!watcher.areIntentsOpen() || evidence.store().isEmpty()) {
            return;
        }
        StoreView view = evidence.store().get();
        boolean open = false;
        try {
            for (Intent intent : ports.states().unresolvedIntents(watcher.name)) {
                if (shows(intent, watcher.state(), view, evidence)) {
                    write(intent, Intent.Outcome.SUCCEEDED, digest(intent, evidence));
                } else if (now.isAtLeastAfter(intent.at(), LATEST)) {
                    write(intent, Intent.Outcome.FAILED, ABSENT);
                } else {
                    open = true;
                }
            }
            watcher.intentsAreOpen(open);
        } catch (PersistenceException e) {
            ports.telemetry().auditFailed();
            LOG.error("what became of an effect for {} cannot be written: {}", watcher.name, e.getMessage());
        }
    }

    private static String digest(Intent intent, Evidence evidence) {
        return intent.action().equals("evidence") ? evidence.bundles().getOrDefault(intent.version(), "") : "";
    }

    private static boolean shows(Intent intent, KeyState state, StoreView view, Evidence evidence) {
        Optional<Stage> stage = state.version(intent.version()).map(KeyVersion::stage);
        return switch (intent.action()) {
            case "promote" -> view.current().equals(Optional.of(intent.version()));
            case "publish" -> stage.equals(Optional.of(Stage.CURRENT)) && evidence.publication() == Publication.MATCHES;
            case "mark" -> view.flagged().contains(intent.version());
            case "unmark" -> !view.flagged().contains(intent.version());
            case "release" -> !view.held().contains(intent.version());
            case "evidence" -> evidence.bundles().containsKey(intent.version())
                    || stage.filter(s -> s == Stage.FLAGGED || s == Stage.REVOKED).isPresent();
            default -> throw new IllegalStateException("no effect has the word " + intent.action());
        };
    }
}
