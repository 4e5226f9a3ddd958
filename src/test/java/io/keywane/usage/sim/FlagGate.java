package io.keywane.usage.sim;

import io.keywane.key.Fingerprint;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.Gate;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.Gates;
import io.keywane.rotation.GroupEvidence;
import io.keywane.rotation.GroupSwitch;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.QuietPolicy;
import io.keywane.rotation.Reason;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationPolicy;
import io.keywane.rotation.SwitchEvidence;
import io.keywane.rotation.Trigger;
import io.keywane.rotation.VersionEvidence;
import io.keywane.rotation.WalletEvidence;
import io.keywane.usage.Cadence;
import io.keywane.usage.ForeignRate;
import io.keywane.usage.GroupCadence;
import io.keywane.usage.HourlyLoad;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProofPolicy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The gates before the flag of a version that leaves at the begin of a scenario, with everything beside its silence in
 * order: the replacement published, the load moved, credit in the wallet.
 */
final class FlagGate {
    static final VersionId OLD = new VersionId("0123456789abcdef0123456789abcdef");
    private static final VersionId NEW = new VersionId("fedcba9876543210fedcba9876543210");
    private static final double REQUESTS_AN_HOUR = 9;

    private final RotationPolicy policy;
    private final KeyVersion leaving;
    private final KeyState state;
    private final Moment begin;

    FlagGate(Duration quietPeriod, ProofPolicy proof, Moment begin) {
        policy = new RotationPolicy(Optional.empty(), false, Duration.ZERO, QuietPolicy.fixed(quietPeriod), 0.5,
                Duration.ZERO, proof, List.of());
        this.begin = begin;
        leaving = new KeyVersion(OLD, new Fingerprint("a".repeat(16)), Optional.empty(), Optional.empty(),
                Optional.empty(), begin, Stage.RETIRING, begin, Reason.KEY_SUPPLIED, true,
                Optional.of(begin), false, List.of());
        Rotation rotation = Rotation.open("rotation", Trigger.OPERATOR, Reason.KEY_SUPPLIED, Optional.of(OLD), begin)
                .change().newVersion(NEW).promoted(begin).published(begin).build();
        state = new KeyState(new KeyName("search"), List.of(leaving), Optional.of(rotation));
    }

    boolean isOpen(List<GroupEvidence> groups, Moment now) {
        return reports(groups, now).stream().allMatch(GateReport::isOpen);
    }

    /** What the gate of the quiet period knows and misses, in its own words. */
    GateReport quiet(List<GroupEvidence> groups, Moment now) {
        return reports(groups, now).stream().filter(report -> report.gate() == Gate.QUIET).findFirst().orElseThrow();
    }

    private List<GateReport> reports(List<GroupEvidence> groups, Moment now) {
        VersionEvidence evidence = new VersionEvidence(Acceptance.ACCEPTED, Optional.of(now), groups, Optional.empty(),
                wallet(), Cadence.UNKNOWN, switched(now));
        return Gates.assess(state, leaving, evidence, policy, now);
    }

    private WalletEvidence wallet() {
        return new WalletEvidence(OptionalLong.of(1_000), OptionalLong.of(1_000), Optional.empty(), Optional.of(begin));
    }

    /** The new key carries all that was to be expected of the old one. */
    private SwitchEvidence switched(Moment now) {
        Duration span = Duration.ofHours(1);
        ForeignRate carried = new ForeignRate(REQUESTS_AN_HOUR, REQUESTS_AN_HOUR, span, span);
        HourlyLoad.Expected expected = new HourlyLoad.Expected(REQUESTS_AN_HOUR, REQUESTS_AN_HOUR,
                HourlyLoad.Basis.MEAN);
        GroupSwitch moved = new GroupSwitch(new LimiterGroup("general"), GroupCadence.Use.REPEATED, expected, carried,
                ForeignRate.NONE, Set.of(), List.of(), Optional.empty());
        return new SwitchEvidence(Optional.of(begin), Optional.of(now), List.of(moved),
                new SwitchEvidence.Lately(span, REQUESTS_AN_HOUR, REQUESTS_AN_HOUR));
    }
}
