package io.keywane.engine;

import io.keywane.alert.Maintenance;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.Gate;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.RefusedException;
import io.keywane.rotation.StoreView;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.Sample;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What operators may ask of a key. Each move is made durable with an audit line, then the same runner that serves the
 * scheduler carries on; there is no second way to change a key.
 *
 * <p>Methods throw {@link RefusedException} where the state does not allow the move, {@link StoreException} and
 * {@link PersistenceException} where the world does not.
 */
public final class Operations {
    private final Ports ports;
    private final Ids ids;
    private final Fleet fleet;
    private final RotationRunner runner;
    private final EvidenceGatherer gatherer;
    private final Prober prober;
    private final Calibrations calibrations;
    private final ForcedProbes forced;
    private final ProviderProfile profile;
    private final KeyNotes notes;
    private final Scripts scripts;
    private final Plans plans;

    Operations(
            Ports ports,
            Ids ids,
            Fleet fleet,
            RotationRunner runner,
            EvidenceGatherer gatherer,
            Prober prober,
            Calibrations calibrations,
            Schedule schedule,
            ProviderProfile profile, KeyNotes notes) {
        this.ports = ports;
        this.ids = ids;
        this.fleet = fleet;
        this.runner = runner;
        this.gatherer = gatherer;
        this.prober = prober;
        this.calibrations = calibrations;
        this.forced = new ForcedProbes(schedule, prober, ports.clock());
        this.profile = profile;
        this.notes = notes;
        this.scripts = new Scripts(ports, ids, fleet);
        this.plans = new Plans(ports, ids, gatherer, scripts);
    }

    /**
     * Tells a request from any other, the same for its repeat; holds no key bytes.
     *
     * @param arguments of the request, in an order of their own
     */
    public String asked(String verb, String arguments, Optional<KeyMaterial> secret) {
        return ids.asked(verb, arguments, secret);
    }

    /** Does it; a repeat of a request that was done comes to what came of it. */
    public KeyState perform(KeyName key, Change change, Operator operator) {
        return perform(key, change, operator, Optional.empty());
    }

    /**
     * Does it, if the plan that was agreed to still fits.
     *
     * @param plan empty: in whatever state it is met
     */
    public KeyState perform(KeyName key, Change change, Operator operator, Optional<Plan.Agreed> plan) {
        KeyWatcher watcher = watcher(key);
        watcher.steps.lock();
        try {
            runner.settle(watcher);
            plan.ifPresent(agreed -> plans.require(watcher, change, agreed));
            List<Part> parts = scripts.of(change, watcher.state(), operator);
            parts.forEach(part -> perform(watcher, part, operator));
            runner.run(watcher);
            for (Part part : parts) {
                if (part instanceof Part.Prove prove) {
                    requireRevoked(watcher, prove.version());
                }
            }
            return watcher.state();
        } finally {
            watcher.steps.unlock();
        }
    }

    private void perform(KeyWatcher watcher, Part part, Operator operator) {
        switch (part) {
            case Part.Move move -> commit(watcher, operator, move.change().apply(watcher.state()));
            case Part.Stage stage -> stage(watcher, stage.version(), stage.material());
            case Part.Prove prove -> prove(watcher, prove.version(), operator);
        }
    }

    /** What it would do; nothing of that is done. */
    public Plan plan(KeyName key, Change change, Operator operator) {
        KeyWatcher watcher = watcher(key);
        watcher.steps.lock();
        try {
            runner.settle(watcher);
            return plans.of(watcher, change, operator);
        } finally {
            watcher.steps.unlock();
        }
    }

    /**
     * Opens a rotation. In an emergency an open one becomes urgent, or is superseded where it has promoted its key; the
     * gates that a leak makes pointless are waived in the operator's name.
     */
    public KeyState start(KeyName key, boolean emergency, Operator operator) {
        return perform(key, new Change.Start(emergency), operator);
    }

    /**
     * Takes in what others put into the store: the key that consumers read as the new version, and keys in custody that
     * the state has forgotten, say after a restored backup, as leaving ones.
     */
    public KeyState adopt(KeyName key, Optional<String> dashboardName, Operator operator) {
        return perform(key, new Change.Adopt(dashboardName), operator);
    }

    /** Takes the first key of a name into custody and makes it current. */
    public KeyState importFirst(KeyName key, KeyMaterial material, Optional<String> dashboardName, Operator operator) {
        return perform(key, new Change.TakeFirst(material, dashboardName), operator);
    }

    /** Takes a new key into custody; returns once the store gives it back as it was submitted. */
    public KeyState supply(KeyName key, KeyMaterial material, Optional<String> dashboardName, Operator operator) {
        return perform(key, new Change.Supply(material, dashboardName), operator);
    }

    private void stage(KeyWatcher watcher, VersionId id, KeyMaterial material) {
        ports.telemetry().storeRequest(watcher.settings().storeName(), "stage");
        try {
            StoreView view = ports.store().view(watcher.name);
            ports.store().stage(watcher.name, id, material, view.revision());
            if (!ports.store().read(watcher.name, id).equals(material)) {
                throw new StoreException(StoreFailure.Kind.DAMAGED,
                        "the store gives back another value than was submitted for " + watcher.name);
            }
        } catch (StoreException e) {
            ports.telemetry().storeFailed(watcher.settings().storeName(), "stage", e.kind());
            throw e;
        }
    }

    public KeyState approve(KeyName key, Operator operator) {
        return perform(key, new Change.Approve(), operator);
    }

    public KeyState pause(KeyName key, Operator operator) {
        return perform(key, new Change.Pause(), operator);
    }

    public KeyState resume(KeyName key, Operator operator) {
        return perform(key, new Change.Resume(), operator);
    }

    public KeyState abort(KeyName key, Operator operator) {
        return perform(key, new Change.Abort(), operator);
    }

    public KeyState rollback(KeyName key, Operator operator) {
        return perform(key, new Change.Rollback(), operator);
    }

    public KeyState waive(KeyName key, Gate gate, Operator operator) {
        return waive(key, gate, Optional.empty(), operator);
    }

    /** Accepts that a gate is not proven: for one leaving version, or for those of the latest rotation. */
    public KeyState waive(KeyName key, Gate gate, Optional<String> brief, Operator operator) {
        return perform(key, new Change.Waive(gate, brief), operator);
    }

    /** Looks at once whether a version that a person says is revoked is refused, three times, with control requests. */
    public KeyState confirmRevoked(KeyName key, Optional<String> brief, Operator operator) {
        return perform(key, new Change.ConfirmRevoked(brief), operator);
    }

    private void prove(KeyWatcher watcher, VersionId leaving, Operator operator) {
        LimiterGroup group = profile.groupNames().first();
        forced.require(watcher, leaving, group);
        watcher.sayRevoked(leaving);
        ports.states().audit(List.of(new AuditEntry(ports.clock().now().wall(), operator.actor(),
                "rotation.confirm-revoked", Optional.of(watcher.name), operator.reason(), operator.requestId(),
                Map.of("version", leaving.brief()))));
        for (int i = 0; i < AcceptanceTracker.CONFIRMED && !isConfirmed(watcher, leaving); i++) {
            forced.probeIfAffordable(watcher, leaving, group);
        }
        // The current key's acceptance between two refusals shows that it is the key that is refused, not the header lost.
        watcher.state().current().ifPresent(v -> forced.probeIfAffordable(watcher, v.id(), group));
        forced.probeIfAffordable(watcher, leaving, group);
    }

    private void requireRevoked(KeyWatcher watcher, VersionId leaving) {
        KeyName key = watcher.name;
        if (watcher.state().version(leaving).filter(v -> v.stage() == Stage.REVOKED).isPresent()) {
            return;
        }
        notes.sayRevoked(key, leaving, ports.clock().now().wall());
        Acceptance seen = gatherer.gather(watcher, ports.clock().now()).of(leaving).acceptance();
        throw new RefusedException("version " + leaving.brief() + " of " + key + " is not confirmed revoked: " + seen,
                "check in the dashboard that the right key was revoked, then repeat"
                        + forced.wait(watcher, leaving, profile.groupNames().first()));
    }

    /** Announces unusual use of a key, or ends that; nobody is told of the key's use meanwhile. */
    public KeyState maintenance(KeyName key, Optional<Duration> span, Operator operator) {
        KeyWatcher watcher = watcher(key);
        Instant now = ports.clock().now().wall();
        Optional<Maintenance> announced = span
                .map(length -> announced(now, length, operator));
        ports.states().audit(List.of(new AuditEntry(now, operator.actor(), "alert.maintenance", Optional.of(key),
                operator.reason(), operator.requestId(),
                Map.of("until", announced.map(m -> m.until().toString()).orElse("ended")))));
        notes.maintenance(key, announced);
        return watcher.state();
    }

    private static Maintenance announced(Instant now, Duration length, Operator operator) {
        try {
            return new Maintenance(now, now.plus(length), operator.actor(), operator.reason());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new RefusedException(String.valueOf(e.getMessage()), "give a shorter time, such as --for 2h");
        }
    }

    private static boolean isConfirmed(KeyWatcher watcher, VersionId id) {
        return watcher.read(id, w -> w.acceptance.isConfirmedRefused()).orElse(true);
    }

    /** Begins to measure how the windows count, on a key that nobody else uses; the scheduler carries it on. */
    public KeyState calibrate(KeyName key, Operator operator) {
        KeyWatcher watcher = watcher(key);
        watcher.steps.lock();
        try {
            runner.settle(watcher);
            calibrations.begin(watcher, operator);
            return watcher.state();
        } finally {
            watcher.steps.unlock();
        }
    }

    /** Probes every live version of a key in every group, now; refused where the budget has no room for one of them. */
    public List<Sample> probe(KeyName key) {
        KeyWatcher watcher = watcher(key);
        List<KeyVersion> versions = watcher.state().probed();
        // All or nothing: what is left out would look as if it had been asked.
        versions.forEach(
                version -> profile.groupNames().forEach(group -> forced.require(watcher, version.id(), group)));
        List<Sample> samples = new ArrayList<>();
        for (KeyVersion version : versions) {
            for (LimiterGroup group : profile.groupNames()) {
                samples.add(prober.probe(watcher, version.id(), group, ProbeKind.LIVENESS));
            }
        }
        return samples;
    }

    /** Probes the current version of a key now, in the group of the balance probe; empty where it has none. */
    public Optional<Sample> probeCurrent(KeyName key) {
        KeyWatcher watcher = watcher(key);
        return watcher.state().current()
                .map(v -> prober.probe(watcher, v.id(), profile.balance().group(), ProbeKind.LIVENESS));
    }

    private void commit(KeyWatcher watcher, Operator operator, KeyState next) {
        KeyState before = watcher.state();
        List<AuditEntry> audit = AuditLines.of(before, next, Map.of(), List.of(), operator.actor(), operator.reason(),
                operator.requestId(), ports.clock().now()).stream()
                .map(line -> operator.asked().map(line::asking).orElse(line)).toList();
        if (next.equals(before)) {
            return;
        }
        try {
            ports.states().commit(next, List.of(), audit);
        } catch (PersistenceException e) {
            watcher.stateIsUncertain();
            ports.telemetry().auditFailed();
            throw e;
        }
        watcher.state(next, profile);
    }

    private KeyWatcher watcher(KeyName key) {
        return fleet.key(key).orElseThrow(() -> new UnknownKeyException(key));
    }
}
