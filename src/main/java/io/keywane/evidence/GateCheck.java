package io.keywane.evidence;

import io.keywane.evidence.EvidenceBundle.Balance;
import io.keywane.evidence.EvidenceBundle.Claim;
import io.keywane.evidence.EvidenceBundle.Group;
import io.keywane.evidence.EvidenceBundle.Hole;
import io.keywane.evidence.EvidenceBundle.Load;
import io.keywane.evidence.EvidenceBundle.Policy;
import io.keywane.evidence.EvidenceBundle.Run;
import io.keywane.evidence.EvidenceBundle.Window;
import io.keywane.evidence.Timeline.Span;
import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Recomputes the gates of a claim: what a gate says of itself counts for nothing. */
final class GateCheck {
    private static final Duration GRAIN = Duration.ofMillis(5);
    /** Of the least quiet period, at most one part in so many may be hidden by lost replies. */
    private static final int SHADOW_PART = 20;
    /** The least share of the compared time that must have been observed. */
    private static final double LEAST_COVERAGE = 0.5;
    /** The least history that tells how a key is used. */
    private static final Duration LEAST_KNOWN = Duration.ofDays(7);
    private static final double LEAST_KNOWN_COVERAGE = 0.75;

    private final EvidenceBundle bundle;
    private final Claim claim;
    private final Policy policy;
    private final List<Finding> findings = new ArrayList<>();

    GateCheck(EvidenceBundle bundle) {
        this.bundle = bundle;
        this.claim = bundle.claim();
        this.policy = claim.policy();
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    void propagation() {
        Moment published = claim.published();
        if (published == null || since(published, claim.madeAt()).compareTo(policy.propagationDelay()) < 0) {
            bad("propagation", "consumers had less than " + words(policy.propagationDelay())
                    + " to read the replacement");
            return;
        }
        good("propagation", "consumers could read the replacement since " + published.wall() + ", at least "
                + words(policy.propagationDelay()));
    }

    void quiet() {
        demand();
        if (bundle.groups().isEmpty()) {
            bad("quiet", "no limiter group was watched");
            return;
        }
        bundle.groups().forEach(group -> findings.addAll(new SilenceCheck(group, bundle).findings()));
        bundle.groups().forEach(this::isSampledLately);
        Span common = common();
        if (common == null) {
            bad("quiet", "there is no time in which all groups were silent");
            return;
        }
        Duration unseen = unseen(common, bundle.groups().stream().flatMap(g -> g.holes().stream()).toList());
        Duration counts = common.length().minus(unseen);
        Duration asked = claim.required().quietPeriod();
        if (counts.plus(GRAIN).compareTo(asked) < 0) {
            bad("quiet", "common silence of " + words(counts) + ", but " + words(asked) + " are required");
            return;
        }
        good("quiet", words(counts) + " of silence in all groups, " + words(asked) + " required"
                + (unseen.isZero() ? "" : "; besides, " + words(unseen) + " in it were not observed"));
    }

    /** The required period is no shorter than the policy and the stated history ask. */
    private void demand() {
        Duration least = policy.floor();
        if (policy.fromHistory() && claim.revoke().served()) {
            for (Load load : bundle.loads()) {
                least = Timeline.later(least, times(load.returned()));
                least = load.use().equals("repeated") ? Timeline.later(least, times(load.longestGap())) : least;
            }
            boolean isKnown = claim.required().known().compareTo(LEAST_KNOWN) >= 0
                    && claim.required().coverage() >= LEAST_KNOWN_COVERAGE
                    && bundle.loads().stream().noneMatch(load -> load.use().equals("once"));
            least = isKnown ? least : Timeline.later(least, policy.unknownCadence());
        }
        if (claim.required().quietPeriod().compareTo(least) < 0) {
            bad("quiet", "a quiet period of " + words(claim.required().quietPeriod()) + " is claimed to be enough, but "
                    + words(least) + " follow from the policy and the history");
        }
    }

    private Duration times(Duration idle) {
        return Duration.ofMillis((long) (idle.toMillis() * policy.factor()));
    }

    private void isSampledLately(Group group) {
        Duration longest = group.windows().stream().map(Window::length).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        boolean lately = bundle.samples().stream().filter(s -> s.group().equals(group.group()))
                .anyMatch(s -> since(s.sent(), claim.madeAt()).compareTo(longest) <= 0
                        && s.sent().boot().equals(claim.madeAt().boot()));
        if (!lately && !group.windows().isEmpty()) {
            bad("quiet", group.group() + " was not sampled in the last " + words(longest) + " before the claim");
        }
    }

    /** The silence of all groups after consumers had the time to switch; null where there is none. */
    @Nullable
    private Span common() {
        Span common = null;
        for (Group group : bundle.groups()) {
            Moment from = group.from();
            Moment to = group.to();
            if (from == null || to == null || !from.boot().equals(claim.madeAt().boot())) {
                return null;
            }
            common = common == null
                    ? new Span(from.sinceBoot(), to.sinceBoot())
                    : new Span(Timeline.later(common.from(), from.sinceBoot()),
                            Timeline.sooner(common.to(), to.sinceBoot()));
        }
        Moment published = claim.published();
        if (common == null || published == null) {
            return null;
        }
        Duration switched = (published.boot().equals(claim.madeAt().boot()) ? published.sinceBoot() : Duration.ZERO)
                .plus(policy.propagationDelay());
        Span counted = new Span(Timeline.later(common.from(), switched), common.to());
        return counted.length().isPositive() ? counted : null;
    }

    /** What of a time lies in holes; what lost replies hide may be little. */
    private Duration unseen(Span common, List<Hole> holes) {
        Duration unseen = Duration.ZERO;
        Duration lost = Duration.ZERO;
        Duration reached = common.from();
        for (Hole hole : holes.stream().sorted(Comparator.comparing(h -> h.from().sinceBoot())).toList()) {
            Duration begin = Timeline.later(hole.from().sinceBoot(), reached);
            Duration end = Timeline.sooner(hole.to().sinceBoot(), common.to());
            if (begin.compareTo(end) < 0) {
                unseen = unseen.plus(end.minus(begin));
                reached = end;
            }
            lost = hole.cause().equals("lost_reply")
                    ? lost.plus(hole.to().sinceBoot().minus(hole.from().sinceBoot()))
                    : lost;
        }
        if (lost.minus(GRAIN).compareTo(policy.floor().dividedBy(SHADOW_PART)) > 0) {
            bad("quiet", "lost replies hide " + words(lost) + ", more than a twentieth of the least quiet period");
        }
        return unseen;
    }

    void wallet() {
        Duration asked = claim.required().quietPeriod();
        Stream<Balance> refused = bundle.samples().stream().filter(s -> s.status() == 402)
                .map(s -> new Balance(s.received(), 0));
        List<Balance> readings = Stream.concat(bundle.wallet().stream(), refused)
                .filter(b -> b.at().boot().equals(claim.madeAt().boot()))
                .sorted(Comparator.comparing(b -> b.at().sinceBoot())).toList();
        Balance held = null;
        for (Balance reading : readings) {
            held = reading.balance() <= 0 ? null : held == null ? reading : held;
        }
        boolean isOlder = bundle.wallet().stream().anyMatch(b -> !b.at().boot().equals(claim.madeAt().boot()));
        if (held == null || (!isOlder && since(held.at(), claim.madeAt()).compareTo(asked) < 0)
                || claim.madeAt().sinceBoot().compareTo(asked) < 0) {
            bad("wallet", "it was not seen above 0 for " + words(asked)
                    + ": refused requests are not counted, and look like silence");
            return;
        }
        good("wallet", "above 0 in all " + readings.size() + " readings, now " + readings.getLast().balance());
    }

    /** From the counts as stated: the samples of weeks and of the other key, of which they are made, do not stand here. */
    void carried() {
        if (!claim.revoke().served()) {
            good("switch", "the key was never served to consumers");
            return;
        }
        List<String> missing = new ArrayList<>();
        List<Load> loaded = bundle.loads().stream()
                .filter(load -> !load.use().equals("never") && load.expected().most() >= 1).toList();
        for (Load load : loaded) {
            double share = load.carried().least() / load.expected().most();
            if (share < policy.switchShare() || load.coverage() < LEAST_COVERAGE) {
                missing.add(
                        String.format(Locale.ROOT, "%s: the replacement carries %.0f %% of what is expected, seen in"
                                + " %.0f %% of the time", load.group(), 100 * share, 100 * load.coverage()));
            }
        }
        for (Run run : bundle.loads().stream().flatMap(load -> load.rhythms().stream()).toList()) {
            if (run.begin() == null || run.carried() < policy.switchShare() * run.expected()) {
                missing.add("the job " + run.job() + " did not come in on the replacement");
            }
        }
        if (loaded.isEmpty()) {
            missing.add("no load was expected, so none can have moved");
        }
        missing.forEach(text -> bad("switch", text));
        if (missing.isEmpty()) {
            good("switch", "the replacement carries what the key carried before (from the counts as stated)");
        }
    }

    private static Duration since(Moment earlier, Moment now) {
        return now.elapsedSince(earlier).orElse(now.sinceBoot());
    }

    private static String words(Duration span) {
        return span.toSeconds() + " s";
    }

    private void good(String subject, String text) {
        findings.add(Finding.good(subject, text));
    }

    private void bad(String subject, String text) {
        findings.add(Finding.bad(subject, text));
    }
}
