package io.keywane.usage.sim;

import io.keywane.key.Moment;
import io.keywane.rotation.GroupEvidence;
import io.keywane.usage.GroupAccount;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.LastUse;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.OwnTime;
import io.keywane.usage.PlannedProbe;
import io.keywane.usage.ProbeBudget;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.ProbePlan;
import io.keywane.usage.ProbePurpose;
import io.keywane.usage.ProbeSituation;
import io.keywane.usage.ProofObstacle;
import io.keywane.usage.ProofPolicy;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.WindowLookup;
import io.keywane.usage.WindowModel;
import io.keywane.usage.sim.Conduct.Aim;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Keywane sees of one group: the account, and when it probes next. It decides as the engine does. */
final class Watch {
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    /** Not before the answer to the last, which may take so long. */
    private static final double TIMEOUT = 0.5;

    final LimiterGroup group;
    final GroupServer server;
    final GroupAccount account;
    private final Conduct conduct;
    private final Draw aimless;
    private final WindowLookup windows;
    private final ProbePlan plan;
    private final List<WindowModel> known;
    private final Duration memory;
    private Optional<Sample> shown = Optional.empty();
    private @Nullable Moment started;
    private Duration period = INTERVAL;
    private Optional<Moment> provenBy = Optional.empty();
    private Optional<ProofObstacle> obstacle = Optional.empty();
    /** When the next probe is due, in seconds of the scenario. */
    double next;
    /** When the latest probe was sent. */
    double sent = Double.NEGATIVE_INFINITY;
    /** When the first answer that shows the server's clock was given. */
    double firstAnswered = Double.POSITIVE_INFINITY;
    @Nullable
    Answer lastAnswer;
    /** What is kept of the past, where somebody asks for it. */
    @Nullable
    Past past;

    /** All own requests of a group, by id, and all its samples. */
    record Past(ProofPolicy policy, Map<String, OwnRequest> requests, List<Sample> samples) {
        Past(ProofPolicy policy) {
            this(policy, new LinkedHashMap<>(), new ArrayList<>());
        }
    }

    Watch(GroupPlan plan, GroupServer server, Conduct conduct, double phase, Draw draw) {
        group = new LimiterGroup(plan.name());
        this.server = server;
        this.conduct = conduct;
        aimless = conduct.aim() == Aim.PLAN ? draw : draw.fork();
        windows = Knowing.of(plan);
        account = new GroupAccount(FlagGate.OLD, group, windows);
        this.plan = new ProbePlan(INTERVAL, phase, new ProbeBudget(0, conduct.shareOfLimit()));
        known = plan.limiter().windows().stream().flatMap(w -> windows.find(w.limit()).stream())
                .map(KnownWindow::model).distinct().toList();
        memory = known.stream().map(WindowModel::outside).max(Duration::compareTo)
                .orElse(Duration.ofHours(1));
        next = phase * INTERVAL.toSeconds();
    }

    /** The longest window that is known. */
    Duration memory() {
        return memory;
    }

    Duration period() {
        return period;
    }

    /** What the plan says stands between its cadence and a proof. */
    Optional<ProofObstacle> obstacle() {
        return obstacle;
    }

    /** When the silence of all groups will have lasted long enough. */
    void provenBy(Optional<Moment> moment) {
        provenBy = moment;
    }

    void open(OwnRequest entry, double time) {
        account.enter(entry);
        remember(entry);
        sent = time;
    }

    UsagePoint take(OwnRequest settled, Sample sample, double tick) {
        account.enter(settled);
        remember(settled);
        if (sample.outcome() == ProbeOutcome.VALID && sample.headers().rateLimit().isPresent()) {
            shown = Optional.of(sample);
        }
        Past kept = past;
        UsagePoint point = account.observe(sample, policy());
        if (kept != null) {
            kept.samples().add(sample);
        }
        Moment now = sample.received();
        Moment begin = started == null ? now : started;
        started = begin;
        PlannedProbe planned = plan.next(new ProbeSituation(now, begin, ProbePurpose.PROVE, known, shown,
                account.ownTimes(now, memory), Optional.empty(), false, account.lastUse().map(LastUse::latest),
                account.silence().flatMap(_ -> provenBy)));
        period = planned.period();
        obstacle = planned.obstacle();
        next = switch (conduct.aim()) {
            case PLAN -> after(sample, planned.at().sinceBoot()) + tick / 4;
            case RANDOM -> sent + TIMEOUT + aimless.wait(period.toNanos() / 1e9);
            case EDGE -> Math.max(sent + TIMEOUT, edge(sample, now));
        };
        return point;
    }

    private double after(Sample sample, Duration sinceBoot) {
        return sent + sinceBoot.minus(sample.sent().sinceBoot()).toNanos() / 1e9;
    }

    /** When the next of our own requests is about to leave the window, or has just left it; or at any time. */
    private double edge(Sample sample, Moment now) {
        Duration length = known.isEmpty() ? INTERVAL : aimless.of(known).length();
        List<OwnTime> own = account.ownTimes(now, length);
        double wander = aimless.between(-6.0, 6.0);
        double soon = sent + aimless.wait(period.toNanos() / 1e9);
        return own.isEmpty() || aimless.chance(0.4)
                ? soon
                : Math.min(sent + period.toSeconds(), after(sample, own.getFirst().earliest().plus(length)) + wander);
    }

    private void remember(OwnRequest entry) {
        Past kept = past;
        if (kept != null) {
            kept.requests().put(entry.id(), entry);
        }
    }

    ProofPolicy policy() {
        Past kept = past;
        return kept == null ? conduct.policy() : kept.policy();
    }

    Optional<KnownWindow> window(long limit) {
        return windows.find(limit);
    }

    GroupEvidence evidence(Moment now) {
        Optional<UsagePoint> latest = account.latest();
        Duration lately = period().multipliedBy(2).plusSeconds(2);
        boolean fresh = latest.filter(point -> !now.isAtLeastAfter(point.at(), lately)).isPresent();
        return new GroupEvidence(group, account.silence(), latest, fresh, Optional.empty(), fixedWindow(),
                Duration.ZERO);
    }

    private Optional<Duration> fixedWindow() {
        return shown.flatMap(sample -> sample.headers().rateLimit()).flatMap(
                reading -> known.stream().filter(w -> w.limit() == reading.limit()).findFirst())
                .filter(model -> model.kind() == WindowModel.Kind.FIXED).map(WindowModel::length);
    }
}
