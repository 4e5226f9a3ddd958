package io.keywane.usage;

import io.keywane.usage.ProbeBudget.Allowance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How often a version is to be probed in a group.
 *
 * @param period the pause between two probes
 * @param longest the pause that must not be exceeded: after it a sample's window would not reach back to the last one
 * @param why why so often
 * @param obstacle what of a proof this cannot give
 */
record ProbeCadence(Duration period, Duration longest, ProbeReason why, Optional<ProofObstacle> obstacle) {
    private static final Duration SHORT_WINDOW = Duration.ofMinutes(10);
    private static final Duration LONG_WINDOW = Duration.ofHours(3);
    private static final Duration MARGIN = Duration.ofMillis(1_200);
    /** Until a probe is given up, and the next is sent. */
    private static final Duration RETRY = Duration.ofSeconds(14);
    /** Rounds in which the periods of a held window settle; it never takes more than a few. */
    private static final int ROUNDS = 8;

    /** The cadence that the purpose asks for, as far as the budget allows it. */
    static ProbeCadence of(ProbeSituation situation, Duration interval, ProbeBudget budget) {
        List<Allowance> allowances = budget.allowances(situation.windows(), situation.reading());
        return switch (situation.purpose()) {
            case WATCH -> watching(situation, interval, allowances);
            case PROVE -> proving(situation, interval, budget, allowances);
        };
    }

    /**
     * The interval is promised to the alert rules, so it is never exceeded while the budget allows it. A window shorter than
     * that is sampled often enough to see each request once; a longer one needs no more, for it sees them many times.
     */
    private static ProbeCadence watching(ProbeSituation situation, Duration interval, List<Allowance> allowances) {
        Optional<Duration> reach = situation.shown().filter(w -> w.kind() == WindowModel.Kind.ROLLING)
                .map(ProbeCadence::sparsest).filter(r -> r.compareTo(interval) < 0);
        if (reach.isPresent() && isAffordable(reach.get(), allowances)) {
            return new ProbeCadence(reach.get(), reach.get(), ProbeReason.COVERAGE, Optional.empty());
        }
        return affordable(interval, allowances, Optional.empty());
    }

    private static ProbeCadence proving(
            ProbeSituation situation, Duration interval, ProbeBudget budget, List<Allowance> allowances) {
        Optional<WindowModel> shown = situation.shown();
        if (shown.isEmpty()) {
            return affordable(interval, allowances,
                    situation.reading().map(r -> new ProofObstacle.NoWindow(r.limit())));
        }
        WindowModel window = shown.get();
        if (window.kind() == WindowModel.Kind.FIXED) {
            return aroundResets(window, interval, allowances);
        }
        Optional<Duration> held = held(situation, window).filter(period -> isAffordable(period, allowances));
        if (held.isPresent()) {
            return new ProbeCadence(held.get(), sparsest(window), ProbeReason.HOLD, longWindow(situation, window));
        }
        List<Duration> periods = isCareful(situation, window)
                ? List.of(careful(window), period(window, 1), sparsest(window))
                : cadences(window);
        return periods.stream().filter(period -> isAffordable(period, allowances)).findFirst()
                .map(period -> new ProbeCadence(period, sparsest(window), why(situation, window),
                        longWindow(situation, window)))
                .orElseGet(() -> affordable(interval, allowances, Optional.of(shortfall(window, budget, allowances))));
    }

    private static ProbeCadence aroundResets(WindowModel window, Duration interval, List<Allowance> allowances) {
        Optional<ProofObstacle> unseen = Optional.of(new ProofObstacle.NotRolling(window.length()));
        Duration period = window.length().dividedBy(isShort(window) ? 2 : 5);
        return isAffordable(period, allowances)
                ? new ProbeCadence(period, period, ProbeReason.BEFORE_RESET, unseen)
                : affordable(interval, allowances, unseen);
    }

    static boolean isShort(WindowModel window) {
        return window.length().compareTo(SHORT_WINDOW) <= 0;
    }

    /** The longest pause after which a sample's window certainly still holds the request of the last one. */
    static Duration reach(WindowModel window) {
        return scaled(window.inside(), 0.95).minus(MARGIN);
    }

    /** The longest pause of a proof: it must also see in the next sample what was counted late for the last one. */
    private static Duration sparsest(WindowModel window) {
        Duration confirming = window.reach().minus(MARGIN);
        return confirming.compareTo(reach(window)) < 0 ? confirming : reach(window);
    }

    /**
     * Periods that complete a proof, soonest first: at {@code window / (n + 1/2)} no own request lies at the edge when a
     * sample is taken. The last is the sparsest: each window still holds the request of the sample before.
     */
    private static List<Duration> cadences(WindowModel window) {
        List<Duration> periods = new ArrayList<>();
        for (int n = samples(window); n >= 1; n--) {
            periods.add(period(window, n));
        }
        periods.add(sparsest(window));
        return periods;
    }

    /**
     * While the silence under way still has to last for long, fewer probes hold it: each may lose its answer, which breaks
     * it. One lost on the way there still leaves the time for another. Its begin and its end are seen as soon as can be.
     */
    private static boolean isCareful(ProbeSituation situation, WindowModel window) {
        Duration near = careful(window).plus(window.length());
        return window.length().compareTo(LONG_WINDOW) <= 0 && situation.provenBy().map(situation::clock)
                .filter(by -> by.minus(situation.clock()).compareTo(near) > 0).isPresent();
    }

    /** So that after one without an answer, another comes in time to confirm the last. */
    private static Duration careful(WindowModel window) {
        Duration middle = period(window, 1);
        Duration inTime = window.reach().minus(RETRY);
        return inTime.compareTo(middle) < 0 ? max(inTime, least(window, 1)) : middle;
    }

    /** So many own requests in a window are certainly inside, and one more is certainly out. */
    private static Duration least(WindowModel window, int samples) {
        return window.outside().plus(MARGIN).dividedBy(samples + 1L);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static ProbeReason why(ProbeSituation situation, WindowModel window) {
        return isCareful(situation, window) ? ProbeReason.CAREFUL : ProbeReason.PROOF;
    }

    /**
     * The middle between two edges. Where the tolerance is wide, the longest pause comes close to it: then nearer to the edge
     * than to that, for a probe that waits for the answer of another group comes late.
     */
    private static Duration period(WindowModel window, int samples) {
        Duration middle = window.length().multipliedBy(2).dividedBy(2L * samples + 1);
        Duration least = least(window, samples);
        Duration most = sparsest(window);
        boolean isNarrow = least.compareTo(most) < 0 && middle.compareTo(least.plus(most).dividedBy(2)) > 0;
        return isNarrow ? least.multipliedBy(3).plus(most).dividedBy(4) : middle;
    }

    /** Own requests in a window: few enough that twice its tolerance fits beside its edge between two of them. */
    private static int samples(WindowModel window) {
        int wanted = isShort(window)
                ? 2
                : window.length().compareTo(LONG_WINDOW) <= 0 ? 5 : 24;
        Duration beside = window.edge().multipliedBy(2).plusSeconds(2);
        long fitting = (window.length().dividedBy(beside) - 1) / 2;
        return Math.clamp(fitting, 1, wanted);
    }

    /**
     * Where the API shows the window that is fullest in proportion, our own requests move the display: so many that the
     * shown window stays fuller than each shorter one. Empty where nothing is to be held, or nothing can hold it.
     */
    private static Optional<Duration> held(ProbeSituation situation, WindowModel shown) {
        List<WindowModel> rivals = situation.windows().stream()
                .filter(w -> w.length().compareTo(shown.length()) < 0).toList();
        if (rivals.isEmpty() || situation.fixedDisplay()) {
            return Optional.empty();
        }
        OptionalInt samples = holding(shown, rivals);
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        Duration period = period(shown, samples.getAsInt());
        boolean clear = period.dividedBy(2).compareTo(shown.edge().plus(MARGIN)) > 0;
        return clear ? Optional.of(period) : Optional.empty();
    }

    private static OptionalInt holding(WindowModel shown, List<WindowModel> rivals) {
        long samples = samples(shown);
        for (int round = 0; round < ROUNDS; round++) {
            long needed = samples;
            for (WindowModel rival : rivals) {
                long own = rival.length().dividedBy(period(shown, (int) samples)) + 1;
                needed = Math.max(needed, Math.ceilDiv(own * shown.limit(), rival.limit()) + 2);
            }
            if (needed == samples) {
                return OptionalInt.of((int) samples);
            }
            if (needed > shown.limit() || needed > Integer.MAX_VALUE / 4) {
                return OptionalInt.empty();
            }
            samples = needed;
        }
        return OptionalInt.empty();
    }

    private static Optional<ProofObstacle> longWindow(ProbeSituation situation, WindowModel shown) {
        boolean longer = situation.windows().stream().anyMatch(w -> w.length().compareTo(shown.length()) < 0);
        return situation.lastUse().filter(_ -> longer)
                .map(use -> situation.clock(use).plus(shown.outside()))
                .filter(until -> until.compareTo(situation.clock()) > 0)
                .map(until -> new ProofObstacle.LongWindowShown(shown.length(), situation.at(until).wall()));
    }

    private static boolean isAffordable(Duration period, List<Allowance> allowances) {
        return allowances.stream().allMatch(a -> a.needed(period) <= a.requests());
    }

    /** The wanted period, or the shortest that the budget allows. */
    private static ProbeCadence affordable(Duration wanted, List<Allowance> allowances,
            Optional<ProofObstacle> obstacle) {
        Duration period = wanted;
        for (Allowance allowance : allowances) {
            if (allowance.needed(wanted) > allowance.requests()) {
                Duration spread = allowance.span().dividedBy(allowance.requests()).plusMillis(1);
                period = spread.compareTo(period) > 0 ? spread : period;
            }
        }
        ProbeReason why = period.equals(wanted) ? ProbeReason.INTERVAL : ProbeReason.BUDGET_SHARE;
        return new ProbeCadence(period, period, why, obstacle);
    }

    /** The limit that grants least of what the sparsest proof needs. */
    private static ProofObstacle shortfall(WindowModel window, ProbeBudget budget, List<Allowance> allowances) {
        Duration sparsest = sparsest(window);
        Allowance tightest = allowances.stream()
                .min((a, b) -> Double.compare((double) a.limit() / a.needed(sparsest), (double) b.limit()
                        / b.needed(sparsest)))
                .orElseThrow();
        return new ProofObstacle.ShareTooSmall(tightest.needed(sparsest), tightest.window(), tightest.limit(),
                budget.shareOfLimit());
    }

    static Duration scaled(Duration span, double factor) {
        return Duration.ofNanos((long) (span.toNanos() * factor));
    }
}
