package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.SilentSpan.Cause;
import io.keywane.usage.UsagePoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The gates between a leaving version and its flag: which are met, on what evidence, and what is missing. Pure: what cannot
 * be shown is not met.
 */
public final class Gates {
    /** Of the quiet period, at most one part in so many may be hidden by lost replies. */
    private static final int SHADOW_PART = 20;

    private final KeyVersion version;
    private final Optional<Rotation> rotation;
    private final VersionEvidence evidence;
    private final RotationPolicy policy;
    private final Moment now;

    private Gates(
            KeyVersion version,
            Optional<Rotation> rotation,
            VersionEvidence evidence,
            RotationPolicy policy,
            Moment now) {
        this.version = version;
        this.rotation = rotation;
        this.evidence = evidence;
        this.policy = policy;
        this.now = now;
    }

    /** How every gate of a leaving version stands. */
    public static List<GateReport> assess(
            KeyState state, KeyVersion version, VersionEvidence evidence, RotationPolicy policy, Moment now) {
        Optional<Rotation> own = state.rotation().filter(r -> r.oldVersion().equals(Optional.of(version.id()))
                || r.newVersion().equals(Optional.of(version.id())));
        Gates gates = new Gates(version, own, evidence, policy, now);
        return List.of(gates.propagation(), gates.quiet(), gates.switched(), gates.wallet());
    }

    /** When consumers could first read the replacement; a version that never served has nobody to wait for. */
    private Optional<Moment> published() {
        boolean putBack = rotation.flatMap(Rotation::newVersion).equals(Optional.of(version.id()));
        if (!version.served() || putBack) {
            return Optional.of(version.since());
        }
        return rotation.flatMap(Rotation::published).or(() -> rotation.isEmpty()
                ? Optional.of(version.since())
                : Optional.empty());
    }

    private Duration propagationDelay() {
        return version.served() ? policy.propagationDelay() : Duration.ZERO;
    }

    private GateReport propagation() {
        String required = "the new key published for " + Words.of(propagationDelay());
        Optional<Moment> since = published();
        if (since.isEmpty()) {
            return unmet(Gate.PROPAGATION, required, "not published yet", "the publication");
        }
        if (now.isAtLeastAfter(since.get(), propagationDelay())) {
            return met(Gate.PROPAGATION, required, "published at " + Words.of(since.get()));
        }
        Duration passed = now.elapsedSince(since.get()).orElse(now.sinceBoot());
        return unmet(Gate.PROPAGATION, required, "published at " + Words.of(since.get()),
                Words.of(propagationDelay().minus(passed)));
    }

    private GateReport quiet() {
        String required = "nobody but Keywane used the old key for " + Words.of(policy.quietPeriod())
                + ", in every group";
        if (evidence.groups().isEmpty()) {
            return unmet(Gate.QUIET, required, "not probed yet", "samples of every group");
        }
        String known = evidence.groups().stream().map(Gates::describe).collect(Collectors.joining("; "));
        List<String> stale = evidence.groups().stream().filter(g -> !g.fresh()).map(g -> g.group().value()).toList();
        if (!stale.isEmpty()) {
            return unmet(Gate.QUIET, required, known, "a recent sample of " + String.join(", ", stale));
        }
        Duration silent = quietTime().orElse(Duration.ZERO);
        if (silent.compareTo(policy.quietPeriod()) >= 0) {
            return met(Gate.QUIET, required, known);
        }
        return unmet(Gate.QUIET, required, known, Words.of(policy.quietPeriod().minus(silent)) + " of silence");
    }

    /** The silence that counts: common to all groups, after consumers had the time to switch. */
    private Optional<Duration> quietTime() {
        Optional<SilentSpan> common = evidence.groups().getFirst().silence();
        for (GroupEvidence group : evidence.groups()) {
            common = common.flatMap(span -> group.silence().flatMap(span::intersect));
        }
        Optional<Moment> published = published();
        if (common.isEmpty() || published.isEmpty()) {
            return Optional.empty();
        }
        SilentSpan span = common.get().withAtMost(Cause.LOST_REPLY, policy.quietPeriod().dividedBy(SHADOW_PART));
        Duration sincePublished = span.to().elapsedSince(published.get()).orElse(span.to().sinceBoot());
        Duration sincePropagation = sincePublished.minus(propagationDelay());
        if (!sincePropagation.isPositive()) {
            return Optional.of(sincePropagation);
        }
        SilentSpan counting = new SilentSpan(span.to().plus(sincePropagation.negated()), span.to());
        return span.intersect(counting).map(SilentSpan::length);
    }

    private static String describe(GroupEvidence group) {
        if (group.silence().isPresent()) {
            return group.group() + ": silent since " + Words.of(group.silence().get().from());
        }
        if (group.latest().isEmpty()) {
            return group.group() + ": not sampled";
        }
        UsagePoint point = group.latest().get();
        String said = switch (point.verdict()) {
            case IN_USE -> point.foreign() + " foreign requests in the window at " + Words.of(point.at());
            case UNDETERMINED -> point.foreign() + " foreign requests in the window, cannot tell";
            case SILENT -> "one silent sample, waits for the next";
            case CLOSED -> "closed to this plan";
            case UNKNOWN -> "cannot tell: " + point.why().sentence();
        };
        return group.group() + ": " + said;
    }

    private GateReport switched() {
        String required = String.format(Locale.ROOT, "the new key carries at least %.0f %% of the old key's load",
                100 * policy.switchShare());
        if (!version.served()) {
            return met(Gate.SWITCH, required, "this key was never served to consumers");
        }
        Optional<Double> share = evidence.switchover().share();
        if (share.isEmpty()) {
            return unmet(Gate.SWITCH, required, "cannot tell: too little was observed, or there was no load to move",
                    "an observed load before and after, or a waiver");
        }
        String known = String.format(Locale.ROOT, "%.1f a minute before, at least %.1f now: %.0f %%",
                evidence.switchover().before().hiPerMinute(), evidence.switchover().now().loPerMinute(),
                100 * share.get());
        if (share.get() >= policy.switchShare()) {
            return met(Gate.SWITCH, required, known);
        }
        return unmet(Gate.SWITCH, required, known, "consumers that still have to switch");
    }

    private GateReport wallet() {
        String required = "a wallet above 0 since the key was replaced";
        if (evidence.creditRefused()) {
            return unmet(Gate.WALLET, required, "a request was refused for want of credit",
                    "a full quiet period with credit");
        }
        if (evidence.lowestBalance().isEmpty()) {
            return unmet(Gate.WALLET, required, "the balance was not seen", "a balance probe");
        }
        long lowest = evidence.lowestBalance().getAsLong();
        String known = "lowest balance seen " + lowest;
        return lowest > 0
                ? met(Gate.WALLET, required, known)
                : unmet(Gate.WALLET, required, known, "a full quiet period with credit");
    }

    private GateReport met(Gate gate, String required, String known) {
        return new GateReport(gate, true, isWaived(gate), required, known, "");
    }

    private GateReport unmet(Gate gate, String required, String known, String missing) {
        return new GateReport(gate, false, isWaived(gate), required, known, missing);
    }

    private boolean isWaived(Gate gate) {
        return rotation.map(r -> new ArrayList<>(r.waivedGates())).orElseGet(ArrayList::new).contains(gate);
    }
}
