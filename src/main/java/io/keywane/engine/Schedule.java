package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.usage.GroupAccount;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.PlannedProbe;
import io.keywane.usage.ProbeBudget;
import io.keywane.usage.ProbePlan;
import io.keywane.usage.ProbePurpose;
import io.keywane.usage.ProofObstacle;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.WindowModel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Which probes are due, within the budget: asks the {@link ProbePlan}, and remembers its answer while nothing changes. */
final class Schedule {
    /** While a leaving key waits for its gates, the wallet is looked at this often, but never more rarely than usual. */
    private static final Duration WATCHED_WALLET = Duration.ofMinutes(10);
    /** A probe that is so late is planned anew: the time may have come to be a bad one. */
    private static final Duration LATE = Duration.ofMillis(500);

    private final ProviderProfile profile;
    private final ProbingSettings settings;
    private final Moment started;
    private final Map<KeyName, Double> phases = new ConcurrentHashMap<>();
    private final Map<Due, Remembered> plans = new ConcurrentHashMap<>();

    /** One probe that is due. */
    record Due(VersionId version, LimiterGroup group) {}

    /** On what a plan rests: while all of this stays, so does the plan. */
    private record Basis(
            Stage stage,
            Optional<Moment> lastSent,
            Optional<UsagePoint> latest,
            Optional<Moment> notBefore,
            List<WindowModel> windows) {}

    private record Remembered(Basis basis, PlannedProbe plan) {}

    Schedule(ProviderProfile profile, ProbingSettings settings, Moment started) {
        this.profile = profile;
        this.settings = settings;
        this.started = started;
    }

    void phase(KeyName key, double phase) {
        phases.put(key, phase);
    }

    SortedSet<LimiterGroup> groups() {
        return profile.groupNames();
    }

    Duration interval() {
        return settings.interval();
    }

    ProbeBudget budget() {
        return new ProbeBudget(settings.creditsPerDay(), settings.shareOfLimit());
    }

    Duration balancePeriod(boolean watched) {
        // Spread over the day: a budget that is used up by noon would leave the afternoon unobserved.
        Duration affordable = ProbeBudget.DAY.multipliedBy(profile.balance().credits())
                .dividedBy(Math.max(1, settings.creditsPerDay()));
        Duration sooner = affordable.compareTo(WATCHED_WALLET) > 0 ? affordable : WATCHED_WALLET;
        return watched && sooner.compareTo(settings.balanceInterval()) < 0 ? sooner : settings.balanceInterval();
    }

    /** The next probe of a version in a group; empty where it is not watched any more. */
    Optional<PlannedProbe> plan(KeyWatcher watcher, KeyVersion version, LimiterGroup group, Moment now) {
        Basis basis = new Basis(version.stage(), watcher.read(version.id(), w -> w.lastSent(group)).flatMap(s -> s),
                watcher.read(version.id(), w -> w.account(group).flatMap(GroupAccount::latest)).flatMap(s -> s),
                watcher.read(version.id(), w -> w.notBefore(group)).flatMap(s -> s),
                watcher.read(version.id(), w -> w.windows(group)).orElse(List.of()));
        Due key = new Due(version.id(), group);
        Optional<PlannedProbe> good = Optional.ofNullable(plans.get(key)).filter(r -> r.basis().equals(basis))
                .map(Remembered::plan)
                .filter(p -> p.at().boot().equals(now.boot()) && !now.isAtLeastAfter(p.at(), LATE));
        if (good.isPresent()) {
            return good;
        }
        ProbePurpose purpose = version.stage().isLeaving() ? ProbePurpose.PROVE : ProbePurpose.WATCH;
        Optional<PlannedProbe> plan = watcher.read(version.id(), w -> w.situation(group, purpose, started, now))
                .map(situation -> planner(watcher).next(situation));
        plan.ifPresent(p -> plans.put(key, new Remembered(basis, p)));
        return plan;
    }

    /** The next probe of a version in each group. */
    Map<LimiterGroup, PlannedProbe> plans(KeyWatcher watcher, KeyVersion version, Moment now) {
        Map<LimiterGroup, PlannedProbe> all = new TreeMap<>();
        groups().forEach(group -> plan(watcher, version, group, now)
                .map(plan -> group.equals(profile.balance().group()) ? withCredits(plan) : plan)
                .ifPresent(plan -> all.put(group, plan)));
        return all;
    }

    /** Without a look into the wallet no silence is proven, however often the key is probed. */
    private PlannedProbe withCredits(PlannedProbe plan) {
        long cost = profile.balance().credits();
        return budget().allowsCredits(0, cost)
                ? plan
                : plan.with(new ProofObstacle.CreditsTooFew(cost, settings.creditsPerDay()));
    }

    /** The next probe of one key that is due now, of those not yet sent in this round: first what confirms a suspicion. */
    Optional<Due> due(KeyWatcher watcher, Moment now, Set<Due> sent) {
        KeyState state = watcher.state();
        Optional<Due> confirming = state.probed().stream().filter(version -> isSuspected(watcher, version))
                .map(version -> new Due(version.id(), groups().first())).filter(due -> !sent.contains(due))
                .filter(due -> mayProbe(watcher, due.version(), due.group(), now)).findFirst();
        if (confirming.isPresent()) {
            return confirming;
        }
        for (KeyVersion version : state.probed()) {
            for (LimiterGroup group : groups()) {
                Due due = new Due(version.id(), group);
                boolean open = !sent.contains(due) && !isSuspected(watcher, version)
                        && !watcher.isCalibrated(version.id());
                if (open && plan(watcher, version, group, now).filter(plan -> isDue(plan, now)).isPresent()) {
                    return Optional.of(due);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isSuspected(KeyWatcher watcher, KeyVersion version) {
        return watcher.read(version.id(), w -> w.acceptance.isSuspected()).orElse(false);
    }

    private static boolean isDue(PlannedProbe plan, Moment now) {
        return now.isAtLeastAfter(plan.at(), Duration.ZERO);
    }

    /** Whether a version may be probed out of turn: left alone for long enough, not asked to wait, and affordable. */
    boolean mayProbe(KeyWatcher watcher, VersionId version, LimiterGroup group, Moment now) {
        if (!isRested(watcher, version, now)) {
            return false;
        }
        return watcher.read(version, w -> w.situation(group, ProbePurpose.WATCH, started, now))
                .filter(situation -> now.isAtLeastAfter(planner(watcher).allowedFrom(situation), Duration.ZERO))
                .isPresent();
    }

    /** Whether a version may be asked for a comparison's sake: affordable, and out of nothing that is left to consumers. */
    boolean hasRoom(KeyWatcher watcher, VersionId version, LimiterGroup group, Moment now) {
        return watcher.read(version, w -> w.situation(group, ProbePurpose.PROVE, started, now))
                .filter(situation -> now.isAtLeastAfter(planner(watcher).allowedFrom(situation), Duration.ZERO))
                .isPresent();
    }

    /** From when one request more may be sent out of turn: the budget and the server's wish go for it, too. */
    Moment allowedFrom(KeyWatcher watcher, VersionId version, LimiterGroup group, Moment now) {
        return watcher.read(version, w -> w.situation(group, ProbePurpose.WATCH, started, now))
                .map(situation -> planner(watcher).allowedFrom(situation)).orElse(now);
    }

    /** Whether a look into the wallet suits the account of the key that pays: affordable, and off the edges. */
    boolean suits(KeyWatcher watcher, VersionId version, boolean isLate, Moment now) {
        ProbePlan plan = planner(watcher);
        return watcher.read(version, w -> w.situation(profile.balance().group(), ProbePurpose.WATCH, started, now))
                .filter(situation -> now.isAtLeastAfter(plan.allowedFrom(situation), Duration.ZERO))
                .filter(situation -> isLate || plan.isOffTheEdge(situation)).isPresent();
    }

    private static boolean isRested(KeyWatcher watcher, VersionId version, Moment now) {
        Duration gap = watcher.read(version, VersionWatch::retryGap).orElse(AcceptanceTracker.CONFIRMING_GAP);
        return watcher.read(version, w -> w.lastSent(now)).flatMap(s -> s)
                .map(sent -> now.isAtLeastAfter(sent, gap)).orElse(true);
    }

    private ProbePlan planner(KeyWatcher watcher) {
        return new ProbePlan(settings.interval(), phases.getOrDefault(watcher.name, 0.0), budget());
    }
}
