package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Action;
import io.keywane.rotation.Decider;
import io.keywane.rotation.Decision;
import io.keywane.rotation.Evidence;
import io.keywane.rotation.Gates;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.PromotionProof;
import io.keywane.rotation.Publication;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes decisions and carries them out: gather evidence, decide, make state, intents and audit durable, then act.
 *
 * <p>Whether an action worked is learnt from the next evidence, so a crash anywhere leaves nothing to repair. An action that
 * failed is tried again after a growing wait.
 */
final class RotationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(RotationRunner.class);
    /** No chain of steps that needs no waiting is longer than this. */
    private static final int STEPS = 12;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final Ports ports;
    private final Ids ids;
    private final ProviderProfile profile;
    private final Prober prober;
    private final Schedule schedule;
    private final EvidenceGatherer gatherer;
    private final ParityCheck parity;
    private final FlagEvidence flags;
    private final IntentJournal journal;
    private final Telling telling;
    private final Map<String, Retry> retries = new ConcurrentHashMap<>();

    private record Retry(int failures, Moment failedAt) {
        Duration pause() {
            Duration doubled = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
            return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        }
    }

    RotationRunner(
            Ports ports,
            Ids ids,
            ProviderProfile profile,
            Prober prober,
            Schedule schedule,
            EvidenceGatherer gatherer,
            ParityCheck parity,
            Telling telling) {
        this.ports = ports;
        this.ids = ids;
        this.profile = profile;
        this.prober = prober;
        this.schedule = schedule;
        this.gatherer = gatherer;
        this.parity = parity;
        this.telling = telling;
        this.flags = new FlagEvidence(ports);
        this.journal = new IntentJournal(ports);
    }

    /** Takes all steps that can be taken now. */
    void run(KeyWatcher watcher) {
        watcher.steps.lock();
        try {
            for (int i = 0; i < STEPS && step(watcher); i++) {
                LOG.debug("{} took step {}", watcher.name, i + 1);
            }
        } finally {
            watcher.steps.unlock();
        }
    }

    /** One step; whether another may follow at once. */
    private boolean step(KeyWatcher watcher) {
        try {
            settle(watcher);
        } catch (PersistenceException e) {
            LOG.error("the state of {} cannot be read back: {}", watcher.name, e.getMessage());
            return false;
        }
        Moment now = ports.clock().now();
        KeyState before = watcher.state();
        Evidence evidence = gatherer.gather(watcher, now);
        journal.readBack(watcher, evidence, now);
        endRestoration(watcher, evidence);
        foretell(watcher, before, evidence, now);
        Decision decision = Decider.decide(before, evidence, watcher.settings().rotation(), now, ids::fresh);
        List<Action> actions = decision.actions().stream().filter(action -> isTimeFor(watcher, action, now)).toList();
        boolean changed = !decision.next().equals(before);
        if (!changed && actions.isEmpty()) {
            return false;
        }
        List<Intent> intents = actions.stream().filter(action -> !(action instanceof Action.Probe))
                .map(action -> new Intent(ids.fresh(), watcher.name, action.word(), action.version(), now)).toList();
        if (!commit(watcher, before, decision.next(), evidence.bundles(), intents, now)) {
            return false;
        }
        boolean progressed = changed;
        for (Action action : probesLast(actions)) {
            progressed |= perform(watcher, action, evidence, intents);
        }
        return progressed;
    }

    /** Consumers were seen to read a restored key, which was proven before it was published. */
    private void endRestoration(KeyWatcher watcher, Evidence evidence) {
        if (watcher.isRestored() && evidence.publication() == Publication.MATCHES) {
            try {
                ports.states().setting(RestoredState.setting(watcher.name), "");
                watcher.restored(false);
            } catch (PersistenceException e) {
                LOG.warn("that the restored {} is published cannot be noted: {}", watcher.name, e.getMessage());
            }
        }
    }

    /** A promotion or publication rests on a success that was fresh just now; waiting for a probe could let it go stale. */
    private static List<Action> probesLast(List<Action> actions) {
        return actions.stream().sorted(Comparator.comparing(action -> action instanceof Action.Probe)).toList();
    }

    /** A flagged version is watched as closely as can be: its use must be seen soon. */
    private static void foretell(KeyWatcher watcher, KeyState state, Evidence evidence, Moment now) {
        for (KeyVersion leaving : state.leaving()) {
            watcher.quietBy(leaving.id(), leaving.stage() == Stage.FLAGGED
                    ? Optional.empty()
                    : Gates.terms(state, leaving, evidence.of(leaving.id()), watcher.settings().rotation(), now)
                            .quietBy());
        }
    }

    /** Where a commit left open whether it happened, what is durable is the state. Throws while that cannot be read. */
    void settle(KeyWatcher watcher) {
        if (watcher.isStateUncertain()) {
            watcher.state(ports.states().load(watcher.name), profile);
        }
    }

    private boolean isTimeFor(KeyWatcher watcher, Action action, Moment now) {
        if (action instanceof Action.Probe probe) {
            return watcher.state().version(probe.version())
                    .map(v -> schedule.mayProbe(watcher, v.id(), profile.balance().group(), now)).orElse(false);
        }
        Retry retry = retries.get(retryKey(watcher, action));
        return retry == null || now.isAtLeastAfter(retry.failedAt(), retry.pause());
    }

    private boolean commit(
            KeyWatcher watcher,
            KeyState before,
            KeyState next,
            Map<VersionId, String> bundles,
            List<Intent> intents,
            Moment now) {
        if (next.equals(before) && intents.isEmpty()) {
            return true;
        }
        try {
            List<AuditEntry> audit = AuditLines.of(before, next, bundles, intents, AuditEntry.DAEMON, "",
                    Optional.empty(), now);
            ports.states().commit(next, intents, audit);
        } catch (PersistenceException e) {
            watcher.stateIsUncertain();
            watcher.intentsAreOpen(true);
            ports.telemetry().auditFailed();
            LOG.error("nothing is changed for {}, because state and audit cannot be written: {}", watcher.name,
                    e.getMessage());
            return false;
        }
        watcher.state(next, profile);
        report(watcher, before, next);
        return true;
    }

    private void report(KeyWatcher watcher, KeyState before, KeyState next) {
        Optional<Rotation> now = next.rotation().filter(r -> !before.rotation().map(Rotation::state)
                .equals(Optional.of(r.state())));
        now.ifPresent(r -> {
            LOG.info("rotation of {} is now in {}: {}", watcher.name, r.state(), r.reason().sentence());
            if (r.state().isTerminal()) {
                ports.telemetry().rotationEnded(watcher.name, r.state());
            }
            if (r.state() == RotationState.PARKED || r.state() == RotationState.REJECTED) {
                RotationState phase = before.rotation().map(Rotation::state).orElse(r.state());
                ports.telemetry().rotationFailed(watcher.name, phase, r.reason());
            }
        });
    }

    /** Tries one action; whether the world may have changed. */
    private boolean perform(KeyWatcher watcher, Action action, Evidence evidence, List<Intent> intents) {
        if (action instanceof Action.Probe probe) {
            return probe(watcher, probe);
        }
        Intent intent = intents.stream()
                .filter(i -> i.action().equals(action.word()) && i.version().equals(action.version())).findFirst()
                .orElseThrow();
        if (action instanceof Action.KeepEvidence keep) {
            return keep(watcher, keep, evidence, intent);
        }
        ports.telemetry().storeRequest(watcher.settings().storeName(), action.word());
        try {
            effect(watcher, action);
            retries.remove(retryKey(watcher, action));
            journal.conclude(watcher, intent, Intent.Outcome.SUCCEEDED, "");
            return true;
        } catch (StoreException e) {
            ports.telemetry().storeFailed(watcher.settings().storeName(), action.word(), e.kind());
            LOG.warn("{} of {} failed: {}", action.word(), watcher.name, e.getMessage());
            failed(watcher, action);
            boolean unknown = e.kind() == StoreFailure.Kind.UNKNOWN_OUTCOME;
            journal.conclude(watcher, intent, unknown ? Intent.Outcome.UNKNOWN : Intent.Outcome.FAILED,
                    String.valueOf(e.getMessage()));
            return unknown;
        } catch (PersistenceException e) {
            ports.telemetry().auditFailed();
            LOG.error("{} of {} was not tried, because what follows it cannot be written: {}", action.word(),
                    watcher.name, e.getMessage());
            failed(watcher, action);
            journal.conclude(watcher, intent, Intent.Outcome.FAILED, String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Without its evidence there is no flag: it is tried again until there is. */
    private boolean keep(KeyWatcher watcher, Action.KeepEvidence action, Evidence evidence, Intent intent) {
        KeyVersion version = watcher.state().version(action.version()).orElseThrow();
        try {
            String digest = flags.keep(watcher, version, evidence, ports.clock().now());
            watcher.evidenceFailure(null);
            retries.remove(retryKey(watcher, action));
            journal.conclude(watcher, intent, Intent.Outcome.SUCCEEDED, digest);
            return true;
        } catch (PersistenceException | NoEvidenceException e) {
            String why = String.valueOf(e.getMessage());
            LOG.error("{} is not flagged, because its evidence cannot be kept: {}", watcher.name, why);
            watcher.evidenceFailure(why);
            failed(watcher, action);
            journal.conclude(watcher, intent, Intent.Outcome.FAILED, why);
            return false;
        }
    }

    private void failed(KeyWatcher watcher, Action action) {
        retries.merge(retryKey(watcher, action), new Retry(1, ports.clock().now()),
                (former, first) -> new Retry(former.failures() + 1, first.failedAt()));
    }

    private void effect(KeyWatcher watcher, Action action) {
        switch (action) {
            case Action.Probe _,Action.KeepEvidence _ ->
                throw new IllegalStateException("no effect on the store: " + action.word());
            case Action.Promote promote -> ports.store().promote(watcher.name, promote.version(), promote.revision(),
                    () -> requireFresh(watcher, promote.version()));
            case Action.Publish publish -> {
                KeyMaterial material = ports.store().read(watcher.name, publish.version());
                telling.owe(watcher, publish.version());
                ports.publisher().publish(watcher.name, material);
            }
            case Action.Mark mark ->
                ports.store().mark(watcher.name, mark.version(), mark.flagged(), mark.revision());
            case Action.Release release ->
                ports.store().release(watcher.name, release.version(), release.revision());
        }
    }

    /** The store may have been slow since the decision: the proof has to be fresh at the switch itself (I2). */
    private void requireFresh(KeyWatcher watcher, VersionId version) {
        Optional<Moment> success = watcher.read(version, VersionWatch::lastSuccess).flatMap(s -> s);
        if (!PromotionProof.isFresh(success, ports.clock().now())) {
            throw new StoreException(StoreFailure.Kind.STALE_PROOF, "version " + version.brief()
                    + " was not made current: the store was so slow that the last success with it is no longer of the last "
                    + PromotionProof.LIFETIME.toSeconds() + " s; it is probed anew");
        }
    }

    private boolean probe(KeyWatcher watcher, Action.Probe probe) {
        boolean verifying = watcher.state().openRotation().filter(r -> r.state() == RotationState.STAGED).isPresent();
        LimiterGroup group = profile.balance().group();
        ProbeOutcome outcome = prober.probe(watcher, probe.version(), group, ProbeKind.LIVENESS).outcome();
        boolean proven = outcome == ProbeOutcome.VALID;
        if (verifying && proven) {
            watcher.parity(probe.version(), parity.compare(watcher, probe.version()));
        }
        return proven;
    }

    private static String retryKey(KeyWatcher watcher, Action action) {
        return watcher.name + "/" + action.word() + "/" + action.version();
    }
}
