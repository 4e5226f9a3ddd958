package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.usage.ProofPolicy.FixedWindows;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UsagePoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Nobody but us used the leaving key for as long as its history asks, in every group at once. The silence lies within one
 * boot, so its length is that of the even clock.
 */
final class QuietGate {
    /**
     * How many windows before an unproven sample a silence can have begun that a later sample will prove: its own, and the
     * one in which its witness leaves.
     */
    private static final int UNPROVEN_WINDOWS = 3;

    private QuietGate() {}

    static GateReport judge(AtTheGates leaving) {
        QuietDemand demand = leaving.demand();
        String required = "nobody but Keywane used the old key for " + Words.of(demand.length())
                + ", in every group (" + demand.because() + ")";
        List<GroupEvidence> groups = leaving.evidence().groups();
        if (groups.isEmpty()) {
            return leaving.unmet(Gate.QUIET, required, "not probed yet", "samples of every group",
                    Earliest.Why.NOT_SAMPLED);
        }
        String known = groups.stream().map(group -> describe(group, leaving, demand)).collect(Collectors.joining("; "));
        String stale = groups.stream().filter(g -> !g.fresh()).map(g -> g.group().value())
                .collect(Collectors.joining(", "));
        if (!stale.isEmpty()) {
            return leaving.unmet(Gate.QUIET, required, known, "a recent sample of " + stale, Earliest.Why.NOT_SAMPLED);
        }
        Optional<SilentSpan> silence = leaving.silence();
        Duration silent = silence.map(SilentSpan::length).orElse(Duration.ZERO);
        if (silence.isPresent() && silent.compareTo(demand.length()) >= 0) {
            return leaving.met(Gate.QUIET, required, known);
        }
        String missing = Words.of(demand.length().minus(silent)) + " of silence";
        return foretell(leaving, demand).map(time -> leaving.unmet(Gate.QUIET, required, known, missing, time))
                .orElseGet(() -> leaving.unmet(Gate.QUIET, required, known, missing, why(leaving)));
    }

    private static Earliest.Why why(AtTheGates leaving) {
        if (leaving.propagated().isEmpty()) {
            return Earliest.Why.NOT_PUBLISHED;
        }
        return isCutShort(leaving) ? Earliest.Why.FIXED_WINDOW : Earliest.Why.NOT_OBSERVABLE;
    }

    /** Whether a group shows fixed windows that strictly cannot hold a silence as long as is asked for. */
    private static boolean isCutShort(AtTheGates leaving) {
        return leaving.evidence().groups().stream().anyMatch(group -> isCutShort(group, leaving));
    }

    private static boolean isCutShort(GroupEvidence group, AtTheGates leaving) {
        return leaving.policy().proof().fixedWindows() == FixedWindows.REFUSE
                && group.fixedWindow().filter(leaving::asksMoreThan).isPresent();
    }

    /** The least time at which the gate can open, if from now on nobody uses the key and every sample says so. */
    private static Optional<Instant> foretell(AtTheGates leaving, QuietDemand demand) {
        Optional<SilentSpan> silence = leaving.silence();
        if (isCutShort(leaving)) {
            return Optional.empty();
        }
        if (silence.isPresent()) {
            Duration left = demand.length().minus(silence.get().length());
            return Optional.of(silence.get().to().wall().plus(left));
        }
        Optional<Moment> propagated = leaving.propagated();
        if (propagated.isEmpty() || leaving.evidence().groups().stream().anyMatch(QuietGate::saysNothing)) {
            return Optional.empty();
        }
        Instant begin = leaving.evidence().groups().stream().map(QuietGate::earliestBegin)
                .reduce(propagated.get().wall(), QuietGate::later);
        return Optional.of(begin.plus(leaving.demand(begin).length()));
    }

    private static boolean saysNothing(GroupEvidence group) {
        return group.latest().filter(point -> point.verdict() != UsagePoint.Verdict.UNKNOWN).isEmpty();
    }

    /** Before this no silence of the group can begin that lasts until now. */
    private static Instant earliestBegin(GroupEvidence group) {
        if (group.silence().isPresent()) {
            return group.silence().get().from().wall();
        }
        UsagePoint point = group.latest().orElseThrow();
        Instant at = point.at().wall();
        Instant begin = switch (point.verdict()) {
            case IN_USE -> at.minus(point.window());
            case SILENT, UNDETERMINED -> at.minus(point.window().multipliedBy(UNPROVEN_WINDOWS));
            case CLOSED, UNKNOWN -> at;
        };
        return group.limited().map(Moment::wall).filter(limited -> limited.isAfter(begin)).orElse(begin);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static String describe(GroupEvidence group, AtTheGates leaving, QuietDemand demand) {
        String sampled = group.latest().map(point -> " (sample of " + Words.of(point.at()) + ")").orElse("");
        return group.group() + ": " + said(group, leaving, demand) + sampled;
    }

    private static String said(GroupEvidence group, AtTheGates leaving, QuietDemand demand) {
        Optional<SilentSpan> counted = leaving.propagated().flatMap(
                from -> group.silence().flatMap(span -> span.after(from)));
        if (counted.isPresent()) {
            return "silent since " + Words.of(counted.get().from()) + ", " + Words.of(counted.get().length()) + " of "
                    + Words.of(demand.length());
        }
        if (group.silence().isPresent()) {
            return "silent since " + Words.of(group.silence().get().from()) + ", which counts from "
                    + leaving.propagated().map(Words::of).orElse("the publication") + " on";
        }
        if (group.latest().isEmpty()) {
            return "not sampled";
        }
        UsagePoint point = group.latest().get();
        return switch (point.verdict()) {
            case IN_USE -> point.foreign() + " foreign requests in the " + Words.of(point.window()) + " before";
            case UNDETERMINED ->
                point.foreign() + " foreign requests in the " + Words.of(point.window()) + " before, cannot tell";
            case SILENT -> isCutShort(group, leaving)
                    ? "silent, but cannot tell what comes at the end of each fixed window of "
                            + Words.of(group.fixedWindow().orElseThrow())
                    : "one silent sample, waits for the next";
            case CLOSED -> "closed to this plan";
            case UNKNOWN -> "cannot tell: " + point.why().sentence();
        };
    }
}
