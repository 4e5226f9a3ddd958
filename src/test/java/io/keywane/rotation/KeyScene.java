package io.keywane.rotation;

import io.keywane.key.Fingerprint;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.SwitchEvidence.Lately;
import io.keywane.usage.Cadence;
import io.keywane.usage.CountRange;
import io.keywane.usage.ForeignRate;
import io.keywane.usage.GroupCadence;
import io.keywane.usage.HourlyLoad;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsageReason;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One key with its store and what is known of it, to be changed at will between decisions. */
final class KeyScene {
    static final KeyName KEY = new KeyName("search-production");
    static final VersionId OLD = id(1);
    static final VersionId NEW = id(2);
    static final LimiterGroup GENERAL = new LimiterGroup("general");
    static final LimiterGroup FEED = new LimiterGroup("feed");
    static final Duration DELAY = Duration.ofMinutes(5);
    static final Duration QUIET = Duration.ofMinutes(30);
    static final Duration PATIENCE = Duration.ofMinutes(10);

    RotationPolicy policy = new RotationPolicy(Optional.empty(), false, DELAY, QuietPolicy.fixed(QUIET), 0.5, PATIENCE);
    KeyState state;
    Moment now = new Moment("boot-1", Duration.ofHours(10), Instant.parse("2026-03-01T10:00:00Z"));
    boolean storeReadable = true;
    boolean evidenceIsKept = true;
    boolean calibrating;
    Optional<VersionId> served = Optional.of(OLD);
    final Set<VersionId> held = new HashSet<>(Set.of(OLD));
    final Set<VersionId> flagged = new HashSet<>();
    Publication publication = Publication.MATCHES;
    Parity parity = new Parity(List.of(), List.of());
    final Map<VersionId, VersionEvidence> known = new HashMap<>();
    private int rotations;

    KeyScene() {
        KeyVersion old = candidate(OLD).to(Stage.VERIFIED, Reason.KEY_ACCEPTED, now)
                .to(Stage.CURRENT, Reason.PROMOTION_READ_BACK, now);
        state = KeyState.empty(KEY).adding(old);
        accept(OLD);
    }

    /** A key of which nothing is known yet. */
    static KeyScene empty() {
        KeyScene scene = new KeyScene();
        scene.state = KeyState.empty(KEY);
        scene.served = Optional.empty();
        scene.held.clear();
        scene.publication = Publication.NOT_CONFIGURED;
        return scene;
    }

    static VersionId id(int n) {
        return new VersionId(String.format("%032x", n));
    }

    KeyVersion candidate(VersionId id) {
        KeyMaterial material = KeyMaterial.copyOf(("key-" + id).getBytes(StandardCharsets.US_ASCII));
        return KeyVersion.candidate(id, material, new Fingerprint(id.value().substring(16)), Optional.of("blue"), now);
    }

    KeyScene start() {
        state = OperatorMoves.start(state, "rotation-" + rotations++, Trigger.OPERATOR, now);
        return this;
    }

    /** Supplied and in the store. */
    KeyScene supplied() {
        start();
        state = OperatorMoves.supply(state, candidate(NEW));
        held.add(NEW);
        return this;
    }

    KeyScene staged() {
        supplied().step();
        return this;
    }

    KeyScene verified() {
        staged();
        after(1).accept(NEW);
        step();
        return this;
    }

    KeyScene promoted() {
        verified();
        served = Optional.of(NEW);
        step();
        return this;
    }

    KeyScene draining() {
        promoted().step();
        return this;
    }

    /** All gates of the old version are met. */
    KeyScene quiet() {
        after(DELAY.plus(QUIET).toSeconds());
        quiet(OLD);
        return this;
    }

    KeyScene drained() {
        draining().quiet().step();
        return this;
    }

    KeyScene flagged() {
        drained();
        flagged.add(OLD);
        step();
        step();
        return this;
    }

    Decision decide() {
        return Decider.decide(state, evidence(), policy, now, () -> "rotation-" + rotations++);
    }

    /** Takes a decision's state over and returns its actions. */
    List<Action> step() {
        Decision decision = decide();
        state = decision.next();
        return decision.actions();
    }

    KeyScene after(long seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
        return this;
    }

    void reboot(Duration up) {
        now = new Moment("boot-" + (1 + now.hashCode()), up, now.wall().plus(up));
    }

    /** The API has just accepted it. */
    KeyScene accept(VersionId id) {
        change(id, Acceptance.ACCEPTED, Optional.of(now));
        return this;
    }

    KeyScene attitude(VersionId id, Acceptance acceptance) {
        change(id, acceptance, of(id).lastSuccess());
        return this;
    }

    private void change(VersionId id, Acceptance acceptance, Optional<Moment> success) {
        VersionEvidence e = of(id);
        Optional<Moment> refused = acceptance == Acceptance.REFUSED
                ? e.refusedSince().or(() -> Optional.of(now))
                : Optional.empty();
        known.put(id, new VersionEvidence(acceptance, success, e.groups(), e.lastUsed(), e.wallet(), e.cadence(),
                e.switchover()).refusedSince(refused));
    }

    KeyScene used(VersionId id) {
        VersionEvidence e = of(id);
        known.put(id, new VersionEvidence(e.acceptance(), e.lastSuccess(), e.groups(), Optional.of(now), e.wallet(),
                e.cadence(), e.switchover()).refusedSince(e.refusedSince()));
        return this;
    }

    KeyScene groups(VersionId id, GroupEvidence... groups) {
        VersionEvidence e = of(id);
        known.put(id, new VersionEvidence(e.acceptance(), e.lastSuccess(), List.of(groups), e.lastUsed(), e.wallet(),
                e.cadence(), e.switchover()).refusedSince(e.refusedSince()));
        return this;
    }

    KeyScene wallet(VersionId id, WalletEvidence wallet) {
        VersionEvidence e = of(id);
        known.put(id, new VersionEvidence(e.acceptance(), e.lastSuccess(), e.groups(), e.lastUsed(), wallet,
                e.cadence(), e.switchover()).refusedSince(e.refusedSince()));
        return this;
    }

    KeyScene cadence(VersionId id, Cadence cadence) {
        VersionEvidence e = of(id);
        known.put(id, new VersionEvidence(e.acceptance(), e.lastSuccess(), e.groups(), e.lastUsed(), e.wallet(),
                cadence, e.switchover()).refusedSince(e.refusedSince()));
        return this;
    }

    KeyScene switched(VersionId id, GroupSwitch... groups) {
        return switched(id, Lately.NONE, groups);
    }

    KeyScene switched(VersionId id, Lately lately, GroupSwitch... groups) {
        known.put(id, of(id).with(new SwitchEvidence(Optional.of(now), Optional.of(now), List.of(groups), lately)));
        return this;
    }

    /** A wallet that has held for so long. */
    WalletEvidence held(Duration span) {
        return new WalletEvidence(OptionalLong.of(7), OptionalLong.of(7), Optional.empty(),
                Optional.of(now.plus(span.negated())));
    }

    /** So many requests expected and carried, with this share of the time observed. */
    static GroupSwitch moved(LimiterGroup group, double expected, double carried, double coverage) {
        Duration span = Duration.ofHours(1);
        ForeignRate seen = new ForeignRate(carried, carried, Duration.ofSeconds((long) (3_600 * coverage)), span);
        return new GroupSwitch(group, GroupCadence.Use.REPEATED,
                new HourlyLoad.Expected(expected, expected, HourlyLoad.Basis.MEAN), seen, ForeignRate.NONE, Set.of(),
                List.of(), Optional.empty());
    }

    /** Silent in both groups for the quiet period up to now, the load moved, the wallet filled. */
    KeyScene quiet(VersionId id) {
        return groups(id, silent(GENERAL, QUIET), silent(FEED, QUIET)).wallet(id, held(QUIET))
                .switched(id, moved(GENERAL, 10, 9, 1));
    }

    GroupEvidence silent(LimiterGroup group, Duration length) {
        SilentSpan span = new SilentSpan(now.plus(length.negated()), now);
        return new GroupEvidence(group, Optional.of(span), Optional.of(point(UsagePoint.Verdict.SILENT)), true,
                Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    /** Silent for so long, but used again before that after another idle time. */
    GroupEvidence returned(LimiterGroup group, Duration length, Duration idle) {
        GroupEvidence silent = silent(group, length);
        return new GroupEvidence(group, silent.silence(), silent.latest(), true, Optional.empty(), Optional.empty(),
                idle);
    }

    GroupEvidence stale(LimiterGroup group, Duration length) {
        GroupEvidence silent = silent(group, length);
        return new GroupEvidence(group, silent.silence(), silent.latest(), false, Optional.empty(), Optional.empty(),
                Duration.ZERO);
    }

    GroupEvidence limited(LimiterGroup group, Duration length, Moment when) {
        GroupEvidence silent = silent(group, length);
        return new GroupEvidence(group, silent.silence(), silent.latest(), true, Optional.of(when), Optional.empty(),
                Duration.ZERO);
    }

    GroupEvidence seen(LimiterGroup group, UsagePoint.Verdict verdict) {
        return new GroupEvidence(group, Optional.empty(), Optional.of(point(verdict)), true, Optional.empty(),
                Optional.empty(), Duration.ZERO);
    }

    /** Silent for so long, in a fixed window. */
    GroupEvidence fixed(LimiterGroup group, Duration length, Duration window) {
        GroupEvidence silent = silent(group, length);
        return new GroupEvidence(group, silent.silence(), silent.latest(), true, Optional.empty(), Optional.of(window),
                Duration.ZERO);
    }

    private UsagePoint point(UsagePoint.Verdict verdict) {
        return new UsagePoint(OLD, GENERAL, now, verdict, UsageReason.MODEL_DECLARED,
                verdict == UsagePoint.Verdict.IN_USE ? CountRange.ONE : CountRange.ZERO, Duration.ofMinutes(1));
    }

    VersionEvidence of(VersionId id) {
        return known.getOrDefault(id, VersionEvidence.NONE);
    }

    Evidence evidence() {
        Optional<StoreView> view = storeReadable
                ? Optional.of(new StoreView(7, served, held, flagged))
                : Optional.empty();
        Map<VersionId, String> bundles = new HashMap<>();
        state.versions().stream().filter(v -> v.stage() == Stage.DRAINED && evidenceIsKept)
                .forEach(v -> bundles.put(v.id(), "digest"));
        return new Evidence(view, publication, parity, known, bundles, calibrating);
    }

    Rotation rotation() {
        return state.rotation().orElseThrow();
    }

    RotationState where() {
        return rotation().state();
    }

    Stage stage(VersionId id) {
        return state.version(id).orElseThrow().stage();
    }

    /** What each gate of the old version says: met or not. */
    Map<Gate, Boolean> gates() {
        Map<Gate, Boolean> met = new EnumMap<>(Gate.class);
        reports().forEach(report -> met.put(report.gate(), report.met()));
        return met;
    }

    List<GateReport> reports() {
        return Gates.assess(state, state.version(OLD).orElseThrow(), of(OLD), policy, now);
    }

    GateReport report(Gate gate) {
        return reports().stream().filter(r -> r.gate() == gate).findFirst().orElseThrow();
    }
}
