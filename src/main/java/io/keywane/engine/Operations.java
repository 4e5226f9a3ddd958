package io.keywane.engine;

import io.keywane.alert.Maintenance;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.Gate;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.OperatorMoves;
import io.keywane.rotation.RefusedException;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.StoreView;
import io.keywane.rotation.Trigger;
import io.keywane.rotation.Waiver;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.Sample;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What operators may ask of a key. Each move is made durable with an audit line, then the same runner that serves the
 * scheduler carries on; there is no second way to change a key.
 *
 * <p>Methods throw {@link RefusedException} where the state does not allow the move, {@link StoreException} and
 * {@link PersistenceException} where the world does not.
 */
public final class Operations {
    /** What a leak makes pointless to wait for; the time to read the new key is not among it. */
    private static final List<Gate> WAIVED_BY_A_LEAK = List.of(Gate.QUIET, Gate.SWITCH, Gate.WALLET);

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
    }

    /**
     * Opens a rotation. In an emergency an open one becomes urgent, or is superseded where it has promoted its key; the
     * gates that a leak makes pointless are waived in the operator's name.
     */
    public KeyState start(KeyName key, boolean emergency, Operator operator) {
        Moment now = ports.clock().now();
        if (!emergency) {
            return move(key, operator,
                    state -> OperatorMoves.start(state, rotationId(operator), Trigger.OPERATOR, now));
        }
        KeyWatcher watcher = watcher(key);
        watcher.steps.lock();
        try {
            runner.settle(watcher);
            // Two commits, since one holds one rotation; a repeat after a crash between them goes on from there.
            commit(watcher, operator, OperatorMoves.superseded(watcher.state(), now));
            return move(key, operator, state -> urgent(state, operator, now));
        } finally {
            watcher.steps.unlock();
        }
    }

    private KeyState urgent(KeyState state, Operator operator, Moment now) {
        KeyState opened = OperatorMoves.start(state, rotationId(operator), Trigger.EMERGENCY, now);
        KeyState waived = OperatorMoves.approve(opened, operator.actor());
        for (Gate gate : WAIVED_BY_A_LEAK) {
            waived = OperatorMoves.waive(waived, waiver(gate, Optional.empty(), operator, "emergency"));
        }
        return waived;
    }

    /** A repeat of a request comes to the same rotation. */
    private String rotationId(Operator operator) {
        return operator.requestId().map(ids::ofRequest).orElseGet(ids::fresh);
    }

    /**
     * Takes in what others put into the store: the key that consumers read as the new version, and keys in custody that
     * the state has forgotten, say after a restored backup, as leaving ones.
     */
    public KeyState adopt(KeyName key, Optional<String> dashboardName, Operator operator) {
        KeyWatcher watcher = watcher(key);
        KeyMaterial material = ports.store().served(key).orElseThrow(() -> new RefusedException(
                "consumers read no key of " + key + " in the store", "see `keywane doctor`"));
        requireOwnValue(key, material);
        Moment now = ports.clock().now();
        KeyVersion served = KeyVersion.candidate(ids.version(key, material), material, ids.fingerprint(material),
                dashboardName, now);
        watcher.steps.lock();
        try {
            runner.settle(watcher);
            KeyState remembered = remembered(watcher, served.id(), now);
            boolean reconciled = !remembered.equals(watcher.state());
            boolean current = remembered.current().filter(v -> v.id().equals(served.id())).isPresent();
            if (reconciled && current && remembered.openRotation().isEmpty()) {
                commit(watcher, operator, remembered);
            } else {
                commit(watcher, operator, OperatorMoves.cleared(remembered, served.id(), now));
                commit(watcher, operator,
                        OperatorMoves.adopt(watcher.state(), rotationId(operator), served, now));
                stage(watcher, served.id(), material);
            }
            runner.run(watcher);
            return watcher.state();
        } finally {
            watcher.steps.unlock();
        }
    }

    private KeyState remembered(KeyWatcher watcher, VersionId served, Moment now) {
        StoreView view = ports.store().view(watcher.name);
        KeyState state = watcher.state();
        for (VersionId id : view.held().stream().sorted(Comparator.comparing(VersionId::value)).toList()) {
            boolean forgotten = state.version(id).isEmpty() && !id.equals(served)
                    && !view.current().equals(Optional.of(id));
            if (forgotten) {
                KeyMaterial value = ports.store().read(watcher.name, id);
                state = OperatorMoves.remember(state, KeyVersion.candidate(id, value, ids.fingerprint(value),
                        Optional.empty(), now), now);
            }
        }
        return state;
    }

    private void requireOwnValue(KeyName key, KeyMaterial material) {
        fleet.otherWithValue(key, ids.fingerprint(material)).ifPresent(other -> {
            throw new RefusedException("this key is, or was, a key of " + other,
                    "every managed key needs a value of its own; create a new key in the vendor's dashboard");
        });
    }

    /** Takes the first key of a name into custody and makes it current. */
    public KeyState importFirst(KeyName key, KeyMaterial material, Optional<String> dashboardName, Operator operator) {
        KeyWatcher watcher = watcher(key);
        if (watcher.state().current().isPresent()) {
            throw new RefusedException(key + " has a current key already",
                    "replace it with `keywane rotation start " + key + "` and `keywane rotation supply " + key + "`");
        }
        Moment now = ports.clock().now();
        move(key, operator, state -> OperatorMoves.approve(state.openRotation().isPresent()
                ? state
                : OperatorMoves.start(state, ids.fresh(), Trigger.OPERATOR, now), operator.actor()));
        return supply(key, material, dashboardName, operator);
    }

    /** Takes a new key into custody; returns once the store gives it back as it was submitted. */
    public KeyState supply(KeyName key, KeyMaterial material, Optional<String> dashboardName, Operator operator) {
        KeyWatcher watcher = watcher(key);
        requireOwnValue(key, material);
        KeyVersion candidate = KeyVersion.candidate(ids.version(key, material), material, ids.fingerprint(material),
                dashboardName, ports.clock().now());
        watcher.steps.lock();
        try {
            runner.settle(watcher);
            if (!isRepeat(watcher.state(), candidate)) {
                commit(watcher, operator, OperatorMoves.supply(watcher.state(), candidate));
                stage(watcher, candidate.id(), material);
            }
            runner.run(watcher);
            return watcher.state();
        } finally {
            watcher.steps.unlock();
        }
    }

    /** The same value again, say after a lost answer: it is in custody, and that is what was asked for. */
    private boolean isRepeat(KeyState state, KeyVersion candidate) {
        boolean latest = state.rotation().flatMap(Rotation::newVersion).equals(Optional.of(candidate.id()));
        boolean leaving = state.version(candidate.id()).map(KeyVersion::stage)
                .filter(stage -> stage == Stage.REVOKED || stage.isLeaving()).isPresent();
        return latest && !leaving && ports.store().view(state.key()).held().contains(candidate.id());
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
        return move(key, operator, state -> OperatorMoves.approve(state, operator.actor()));
    }

    public KeyState pause(KeyName key, Operator operator) {
        return move(key, operator, OperatorMoves::pause);
    }

    public KeyState resume(KeyName key, Operator operator) {
        return move(key, operator, OperatorMoves::resume);
    }

    public KeyState abort(KeyName key, Operator operator) {
        Moment now = ports.clock().now();
        return move(key, operator, state -> OperatorMoves.abort(state, ports.store().view(key).current(), now));
    }

    public KeyState rollback(KeyName key, Operator operator) {
        Moment now = ports.clock().now();
        return move(key, operator, state -> OperatorMoves.rollback(state, rotationId(operator), now));
    }

    public KeyState waive(KeyName key, Gate gate, Operator operator) {
        return waive(key, gate, Optional.empty(), operator);
    }

    /** Accepts that a gate is not proven: for one leaving version, or for those of the latest rotation. */
    public KeyState waive(KeyName key, Gate gate, Optional<String> brief, Operator operator) {
        return move(key, operator, state -> OperatorMoves.waive(state, waiver(gate,
                brief.map(digits -> leaving(state, digits).id()), operator, operator.reason())));
    }

    private static KeyVersion leaving(KeyState state, String digits) {
        return state.leaving().stream().filter(v -> v.id().value().startsWith(digits)).findFirst()
                .orElseThrow(
                        () -> new RefusedException("no leaving version of " + state.key() + " begins with " + digits,
                                "see `keywane keys show " + state.key() + "`"));
    }

    private Waiver waiver(Gate gate, Optional<VersionId> version, Operator operator, String fallback) {
        String reason = operator.reason().isBlank() ? fallback : operator.reason();
        if (reason.isBlank()) {
            throw new RefusedException("a waiver needs a reason",
                    "add --reason TEXT; it is kept in audit and evidence");
        }
        return new Waiver(gate, operator.actor(), reason, ports.clock().now().wall(), version);
    }

    /** Looks at once whether a version that a person says is revoked is refused, three times, with control requests. */
    public KeyState confirmRevoked(KeyName key, Optional<String> brief, Operator operator) {
        KeyWatcher watcher = watcher(key);
        KeyVersion leaving = watcher.state().leaving().stream()
                .filter(v -> brief.map(b -> v.id().value().startsWith(b)).orElse(true)).findFirst()
                .orElseThrow(() -> new RefusedException("no leaving version of " + key + " fits",
                        "see `keywane keys show " + key + "`"));
        LimiterGroup group = profile.groupNames().first();
        forced.require(watcher, leaving.id(), group);
        for (int i = 0; i < AcceptanceTracker.CONFIRMED && !isConfirmed(watcher, leaving.id()); i++) {
            forced.probeIfAffordable(watcher, leaving.id(), group);
        }
        // The current key's acceptance between two refusals shows that it is the key that is refused, not the header lost.
        watcher.state().current().ifPresent(v -> forced.probeIfAffordable(watcher, v.id(), group));
        forced.probeIfAffordable(watcher, leaving.id(), group);
        move(key, operator, state -> state);
        boolean revoked = watcher.state().version(leaving.id()).filter(v -> v.stage() == Stage.REVOKED).isPresent();
        if (!revoked) {
            notes.sayRevoked(key, leaving.id(), ports.clock().now().wall());
            Acceptance seen = gatherer.gather(watcher, ports.clock().now()).of(leaving.id()).acceptance();
            throw new RefusedException("version " + leaving.id().brief() + " of " + key + " is not confirmed revoked: "
                    + seen,
                    "check in the dashboard that the right key was revoked, then repeat"
                            + forced.wait(watcher, leaving.id(), group));
        }
        return watcher.state();
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

    private KeyState move(KeyName key, Operator operator, UnaryOperator<KeyState> change) {
        KeyWatcher watcher = watcher(key);
        watcher.steps.lock();
        try {
            runner.settle(watcher);
            commit(watcher, operator, change.apply(watcher.state()));
            runner.run(watcher);
            return watcher.state();
        } finally {
            watcher.steps.unlock();
        }
    }

    private void commit(KeyWatcher watcher, Operator operator, KeyState next) {
        KeyState before = watcher.state();
        List<AuditEntry> audit = AuditLines.of(before, next, Map.of(), List.of(), operator.actor(), operator.reason(),
                operator.requestId(), ports.clock().now());
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
