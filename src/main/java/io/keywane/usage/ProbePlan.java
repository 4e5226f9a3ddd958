package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.usage.WindowModel.Kind;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * When a key version is to be probed next in one group. A pure function of what is known.
 *
 * <p>A version whose silence is to be proven is probed so that the proof completes soonest; any other as seldom as keeps
 * its series useful. No own request is to be just leaving the window when a sample is taken: the sample could not tell. And
 * the budget wins over all of it.
 *
 * @param interval the configured period
 * @param phase drawn once for each key, 0 to below 1: where in the period the first probe falls after a start
 * @param budget what own requests may cost
 */
public record ProbePlan(Duration interval, double phase, ProbeBudget budget) {
    /** How soon a probe of unknown fate may be followed by another. */
    private static final Duration SOON = Duration.ofSeconds(2);

    /** When a probe is wished for: from when, best when, until when. */
    private record Wish(Duration earliest, Duration target, Duration latest, ProbeReason why) {
        static Wish exactly(Duration at, ProbeReason why) {
            return new Wish(at, at, at, why);
        }
    }

    /** A time before which no probe may be sent, and why. */
    private record Bar(Duration until, ProbeReason why) {}

    public ProbePlan {
        requireNonNull(interval, "interval is null");
        requireNonNull(budget, "budget is null");
        if (!(phase >= 0 && phase < 1)) {
            throw new IllegalArgumentException("phase must be from 0 to below 1");
        }
    }

    /** The next probe. Where it is not after {@code situation.now()}, it is due. */
    public PlannedProbe next(ProbeSituation situation) {
        ProbeCadence cadence = ProbeCadence.of(situation, interval, budget);
        Wish wish = wish(situation, cadence);
        Bar bar = bar(situation);
        Duration earliest = max(max(wish.earliest(), bar.until()), situation.clock());
        Duration latest = earliest.compareTo(wish.latest()) < 0
                ? wish.latest()
                : earliest.plus(cadence.period().dividedBy(2));
        EdgeZones.Choice choice = choose(situation, earliest, latest, wish.target());
        ProbeReason why = bar.until().compareTo(wish.target()) > 0 && bar.until().compareTo(situation.clock()) > 0
                ? bar.why()
                : why(wish, choice, earliest);
        return new PlannedProbe(situation.at(choice.at()), why, cadence.period(),
                obstacle(situation, cadence));
    }

    /** From when a probe out of turn may be sent: not asked to wait, and affordable. */
    public Moment allowedFrom(ProbeSituation situation) {
        return situation.at(max(situation.clock(), bar(situation).until()));
    }

    /** Whether a probe out of turn would find no own request at the edge of a window now. */
    public boolean isOffTheEdge(ProbeSituation situation) {
        return new EdgeZones(situation.own(), situation.windows()).crowding(situation.clock()) == 0;
    }

    private static ProbeReason why(Wish wish, EdgeZones.Choice choice, Duration earliest) {
        if (choice.crowding() > 0) {
            return ProbeReason.EDGE_UNAVOIDABLE;
        }
        return choice.at().equals(max(wish.target(), earliest)) ? wish.why() : ProbeReason.OFF_THE_EDGE;
    }

    /** Off the edge of every known window, since the display may change; else at least of the shown one. */
    private static EdgeZones.Choice choose(
            ProbeSituation situation, Duration earliest, Duration latest, Duration target) {
        EdgeZones.Choice best = new EdgeZones(situation.own(), situation.windows()).nearest(earliest, latest, target);
        if (best.crowding() == 0 || situation.shown().isEmpty()) {
            return best;
        }
        return new EdgeZones(situation.own(), List.of(situation.shown().get())).nearest(earliest, latest, target);
    }

    private Wish wish(ProbeSituation situation, ProbeCadence cadence) {
        if (situation.own().isEmpty()) {
            Duration first = situation.clock(situation.started()).plus(ProbeCadence.scaled(cadence.period(), phase));
            return Wish.exactly(first, ProbeReason.FIRST);
        }
        Duration last = situation.own().getLast().likely();
        if (isLastInDoubt(situation.own())) {
            Duration soon = afterDoubt(situation, cadence, last.plus(SOON));
            return new Wish(soon, soon, last.plus(max(cadence.period(), cadence.longest())), ProbeReason.FATE_UNKNOWN);
        }
        if (situation.shown().filter(w -> w.kind() == Kind.FIXED).isPresent()) {
            return fixed(situation, cadence, last, situation.shown().get());
        }
        return steady(situation, cadence, last);
    }

    /**
     * The extra probe is to be a witness when the doubtful one has left: so late that no edge covers both, where it still
     * confirms the sample before.
     */
    private static Duration afterDoubt(ProbeSituation situation, ProbeCadence cadence, Duration soon) {
        List<OwnTime> own = situation.own();
        Duration inTime = own.get(own.size() - 2).earliest().plus(cadence.longest());
        return situation.shown().map(window -> EdgeZones.clearOf(own.getLast(), window))
                .filter(clear -> clear.compareTo(inTime) <= 0).map(clear -> max(clear, soon)).orElse(soon);
    }

    /** One extra probe, and no second: what repeats itself is no accident of one request. */
    private static boolean isLastInDoubt(List<OwnTime> own) {
        return own.size() >= 2 && own.getLast().isDated() && own.getLast().fate() == OwnFate.UNKNOWN
                && own.get(own.size() - 2).isCounted();
    }

    private static Wish steady(ProbeSituation situation, ProbeCadence cadence, Duration last) {
        Duration period = cadence.period();
        // Aims by the time of counting: the flight to come will take as long as the quickest did.
        Duration target = last.plus(period).minus(flight(situation.own()));
        if (situation.purpose() == ProbePurpose.WATCH) {
            return new Wish(last.plus(period.dividedBy(2)), target, target, cadence.why());
        }
        Duration earliest = last.plus(period.dividedBy(4));
        // Counted from sending, which is certain: after a slow flight the next would come too late to confirm the last.
        Duration latest = max(earliest, situation.own().getLast().earliest().plus(cadence.longest()));
        Duration best = target.compareTo(latest) < 0 ? target : latest;
        Optional<Duration> clean = situation.shown().flatMap(w -> doubtLeaves(situation.own(), w, earliest, best));
        return new Wish(earliest, clean.orElse(best), latest,
                clean.isPresent() ? ProbeReason.DOUBT_LEAVES : cadence.why());
    }

    /** When the next probe of unknown fate has left the window: the first sample that can be clean again. */
    private static Optional<Duration> doubtLeaves(
            List<OwnTime> own, WindowModel window, Duration after, Duration before) {
        return own.stream().filter(t -> t.isDated() && !t.isCounted())
                .map(t -> EdgeZones.end(t, window).plusMillis(1))
                .filter(t -> t.compareTo(after) > 0 && t.compareTo(before) < 0)
                .findFirst();
    }

    /** Half the shortest round trip: from sending to counting, as far as can be known. */
    private static Duration flight(List<OwnTime> own) {
        return own.stream().filter(OwnTime::isCounted).map(t -> t.latest().minus(t.earliest()).dividedBy(2))
                .min(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Just before and just after each reset, and a few times between in a long window. */
    private Wish fixed(ProbeSituation situation, ProbeCadence cadence, Duration last, WindowModel window) {
        boolean proving = cadence.why() == ProbeReason.BEFORE_RESET;
        Duration step = proving && !ProbeCadence.isShort(window) ? window.length().dividedBy(5) : cadence.period();
        Duration next = last.plus(step);
        Optional<FixedReset> reset = situation.lastGood()
                .filter(sample -> sample.sent().boot().equals(situation.now().boot()))
                .flatMap(sample -> FixedReset.of(sample, window));
        if (reset.isEmpty()) {
            return Wish.exactly(next, cadence.why());
        }
        Duration before = reset.get().lastSafe();
        if (last.plus(SOON).compareTo(before) < 0) {
            boolean between = !(proving && ProbeCadence.isShort(window)) && next.plus(SOON).compareTo(before) < 0;
            return between ? Wish.exactly(next, cadence.why()) : Wish.exactly(before, ProbeReason.BEFORE_RESET);
        }
        Duration after = reset.get().firstSafe();
        return proving && last.compareTo(after) < 0
                ? Wish.exactly(after, ProbeReason.AFTER_RESET)
                : Wish.exactly(next, cadence.why());
    }

    /** The latest of all that forbids a probe. */
    private Bar bar(ProbeSituation situation) {
        Duration wait = situation.notBefore().map(situation::clock).orElse(Duration.ZERO);
        Duration room = ProbeBudget.roomFrom(budget.allowances(situation.windows(), situation.reading()),
                situation.own());
        Duration reserve = reserveUntil(situation);
        Bar bar = new Bar(wait, ProbeReason.SERVER_WAIT);
        bar = room.compareTo(bar.until()) > 0 ? new Bar(room, ProbeReason.BUDGET_SHARE) : bar;
        return reserve.compareTo(bar.until()) > 0 ? new Bar(reserve, ProbeReason.BUDGET_RESERVE) : bar;
    }

    /**
     * A reading older than its window says nothing of what is left now. A key in service is looked at before that: its
     * refusal would have to be known, and some requests a window are all that it costs.
     */
    private Duration reserveUntil(ProbeSituation situation) {
        Optional<RateLimitReading> low = situation.reading()
                .filter(r -> r.remaining() <= ProbeBudget.reserve(r.limit()));
        if (low.isEmpty()) {
            return Duration.ZERO;
        }
        Duration window = situation.shown().map(WindowModel::length).orElse(ProbeBudget.SHORTEST_WINDOW);
        Duration gone = situation.clock(situation.lastGood().orElseThrow().received()).plus(window);
        if (situation.purpose() == ProbePurpose.PROVE || situation.own().isEmpty()) {
            return gone;
        }
        Duration look = situation.own().getLast().likely().plus(max(interval, window.dividedBy(24)));
        return look.compareTo(gone) < 0 ? look : gone;
    }

    private Optional<ProofObstacle> obstacle(ProbeSituation situation, ProbeCadence cadence) {
        Duration until = reserveUntil(situation);
        if (situation.purpose() == ProbePurpose.WATCH || until.compareTo(situation.clock()) <= 0) {
            return cadence.obstacle();
        }
        Instant wall = situation.at(until).wall();
        return situation.reading().map(r -> new ProofObstacle.ReserveReached(r.remaining(), r.limit(),
                ProbeBudget.reserve(r.limit()), wall));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
