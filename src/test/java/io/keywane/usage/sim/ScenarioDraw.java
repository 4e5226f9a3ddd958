package io.keywane.usage.sim;

import io.keywane.usage.ProofPolicy;
import io.keywane.usage.ProofPolicy.FixedWindows;
import io.keywane.usage.ProofPolicy.ShadowSpans;
import io.keywane.usage.sim.ClockPlan.Step;
import io.keywane.usage.sim.Conduct.Aim;
import io.keywane.usage.sim.GroupPlan.Knowledge;
import io.keywane.usage.sim.HostPlan.Cause;
import io.keywane.usage.sim.HostPlan.Outage;
import io.keywane.usage.sim.LimiterPlan.Display;
import io.keywane.usage.sim.LimiterPlan.Window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Draws scenarios from seeds. Half are calm, so that faults do not hide what goes wrong without them. */
final class ScenarioDraw {
    private static final double DAY = 86_400;
    private static final long LATER = 0x5DEECE66DL;
    private static final ProofPolicy WAIVING = new ProofPolicy(ShadowSpans.ALLOW, FixedWindows.COVERAGE);
    private static final ClockPlan TRUE_CLOCK = new ClockPlan(0, 0, List.of());

    private final long seed;
    private final Optional<Assumption> broken;
    private final Draw draw;
    private final boolean calm;
    private final boolean nightly;
    private final List<Window> windows;
    private final Display display;
    private final double shown;
    private final double quietPeriod;
    private final double duration;
    /** What was added later draws apart, so that older seeds stay what they were. */
    private final Draw later;
    private final ProofPolicy policy;

    private ScenarioDraw(long seed, Optional<Assumption> broken, ProofPolicy policy) {
        this.seed = seed;
        this.broken = broken;
        this.policy = policy;
        draw = new Draw(seed);
        later = new Draw(seed ^ LATER);
        calm = draw.chance(0.5);
        nightly = draw.chance(0.03);
        windows = nightly ? List.of(new Window(3_600, 10_000, 10_000)) : windows();
        display = draw.of(Display.class);
        shown = (display == Display.LONGEST ? windows.getLast() : windows.getFirst()).length();
        quietPeriod = nightly ? draw.between(22.0, 30.0) * 3_600 : quietPeriod();
        duration = nightly
                ? draw.between(3.0, draw.chance(0.2) ? 9.0 : 4.0) * DAY
                : quietPeriod + draw.between(10.0, 25.0) * Math.min(shown, 600) + 2 * shown;
    }

    /** A scenario in which all assumptions hold. */
    static Scenario sound(long seed) {
        return new ScenarioDraw(seed, Optional.empty(), ProofPolicy.STRICT).scenario();
    }

    /** A scenario that breaks an assumption. */
    static Scenario breaking(long seed, Assumption assumption) {
        return new ScenarioDraw(seed, Optional.of(assumption), ProofPolicy.STRICT).scenario();
    }

    /** A scenario in which all assumptions hold, and a policy lets pass what is not certain. */
    static Scenario waiving(long seed) {
        return new ScenarioDraw(seed, Optional.empty(), WAIVING).scenario();
    }

    private double quietPeriod() {
        double inWindows = draw.of(List.of(1.2, 3.0, 5.0, 10.0, 30.0));
        return Math.max(240, shown * (shown > 600 ? Math.min(3, inWindows) : inWindows));
    }

    private List<Window> windows() {
        List<Double> lengths = draw.of(List.of(List.of(60.0), List.of(60.0, 3_600.0), List.of(60.0, 3_600.0, DAY),
                List.of(60.0, 600.0), List.of(120.0, 900.0), List.of(20.0, 300.0), List.of(3_600.0)));
        long limit = draw.of(List.of(10L, 30L, 60L, 120L, 360L));
        boolean equal = draw.chance(0.05);
        List<Window> drawn = new ArrayList<>();
        long upgraded = limit;
        for (double length : lengths) {
            // A plan may give one window the limit that another had.
            upgraded = draw.chance(0.3) ? limit * 10 : limit * 2;
            drawn.add(new Window(length, limit, upgraded));
            limit *= equal ? 1 : draw.of(List.of(3, 10, 28));
        }
        return drawn;
    }

    private Scenario scenario() {
        LimiterKind kind = kind();
        List<GroupPlan> groups = new ArrayList<>();
        int number = draw.between(1, broken.equals(Optional.of(Assumption.GROUPS)) ? 2 : 3);
        double quietFrom = draw.chance(0.7) ? duration - quietPeriod - 2 * shown : duration;
        for (int i = 0; i < number; i++) {
            groups.add(group("group" + i, draw.chance(0.9) ? kind : kind(), quietFrom));
        }
        if (broken.equals(Optional.of(Assumption.GROUPS))) {
            groups.add(new GroupPlan("unknown", limiter(kind), consumers(quietFrom, true), false, TRUE_CLOCK,
                    Knowledge.NONE));
        }
        return new Scenario(seed, broken, duration, quietPeriod, groups, serverClock(), host(), network(),
                conduct());
    }

    private LimiterKind kind() {
        if (broken.equals(Optional.of(Assumption.A6))) {
            return draw.chance(0.5) ? LimiterKind.ROLLING_BUCKETS_EARLY : LimiterKind.ROLLING_BUCKETS_LATE;
        }
        if (broken.equals(Optional.of(Assumption.A3))) {
            return draw.chance(0.5) ? LimiterKind.FIXED_ALIGNED : LimiterKind.ROLLING_LOG;
        }
        return draw.chance(0.5) ? LimiterKind.ROLLING_LOG : draw.of(LimiterKind.class);
    }

    private GroupPlan group(String name, LimiterKind kind, double quietFrom) {
        Knowledge knowledge = draw.chance(0.05) ? Knowledge.NONE : told();
        ClockPlan clock = TRUE_CLOCK;
        if (broken.equals(Optional.of(Assumption.A3))) {
            clock = new ClockPlan(draw.between(-30.0, 30.0), draw.between(-1e-3, 1e-3), steps(2, 30));
        }
        return new GroupPlan(name, limiter(kind), consumers(quietFrom, false), true, clock,
                broken.equals(Optional.of(Assumption.A6)) ? Knowledge.EXACT : knowledge);
    }

    private Knowledge told() {
        return later.chance(0.1) ? Knowledge.NO_RESET : Knowledge.TRUE;
    }

    private Conduct conduct() {
        Aim aim = later.chance(0.7) ? Aim.PLAN : later.of(List.of(Aim.RANDOM, Aim.EDGE));
        double share = later.chance(0.7) ? 1 : later.of(List.of(0.5, 0.1, 0.02));
        return new Conduct(aim, share, policy);
    }

    private LimiterPlan limiter(LimiterKind kind) {
        boolean manyNodes = broken.equals(Optional.of(Assumption.A1));
        boolean lags = kind.isRolling() && !manyNodes && !calm && draw.chance(0.1);
        double lag = lags ? draw.between(0.1, mostLag()) : 0;
        if (broken.equals(Optional.of(Assumption.A2))) {
            lag = shown > 600 ? draw.between(600.0, 2_000.0) : draw.between(25.0, 80.0);
        }
        List<Double> wipes = new ArrayList<>();
        if (broken.equals(Optional.of(Assumption.A4))) {
            for (double at = draw.wait(duration / 3); at < duration; at += draw.wait(duration / 3)) {
                wipes.add(at);
            }
        }
        boolean upgrades = !calm && draw.chance(0.1);
        boolean opens = !calm && draw.chance(0.1);
        return new LimiterPlan(kind, windows, display, draw.chance(0.5), draw.of(LimiterPlan.ResetStyle.class),
                draw.chance(0.3), manyNodes ? draw.between(2, 4) : 1,
                manyNodes
                        ? draw.of(List.of(LimiterPlan.Routing.STICKY, LimiterPlan.Routing.ROUND_ROBIN))
                        : LimiterPlan.Routing.ONE_COUNTER,
                lag, draw.chance(0.5), wipes, upgrades ? at() : OptionalDouble.empty(),
                opens ? draw.between(0.0, duration) : 0);
    }

    /** What A2 grants the window that is declared: where several have one limit, that is the shortest. */
    private double mostLag() {
        boolean equal = windows.stream().mapToLong(Window::limit).distinct().count() < windows.size();
        double declared = equal ? windows.getFirst().length() : shown;
        return Math.min(declared / 10, Math.clamp(declared / 60, 6, 60));
    }

    private OptionalDouble at() {
        return OptionalDouble.of(draw.between(0.0, duration));
    }

    private List<Consumer> consumers(double quietFrom, boolean some) {
        boolean unseen = broken.equals(Optional.of(Assumption.A5));
        List<Consumer> drawn = new ArrayList<>();
        int number = draw.between(some || unseen ? 1 : 0, 3);
        for (int i = 0; i < number; i++) {
            drawn.add(ConsumerDraw.consumer(draw, nightly, windows.getFirst().length(), shown, quietFrom, duration,
                    unseen && draw.chance(0.7)));
        }
        return drawn;
    }

    private ClockPlan serverClock() {
        boolean set = !calm && draw.chance(0.15);
        return new ClockPlan(draw.between(-5.0, 5.0), draw.between(-5e-5, 5e-5), set ? steps(2, 300) : List.of());
    }

    private List<Step> steps(int most, double largest) {
        List<Step> steps = new ArrayList<>();
        int number = draw.between(1, most);
        for (int i = 0; i < number; i++) {
            double by = draw.between(0.0, 1.0) * draw.between(0.0, 1.0) * largest;
            steps.add(new Step(draw.between(0.0, duration), draw.chance(0.5) ? by : -by));
        }
        return steps;
    }

    private HostPlan host() {
        ClockPlan clock = new ClockPlan(draw.between(-100.0, 100.0), draw.between(-5e-5, 5e-5),
                !calm && draw.chance(0.2) ? steps(3, 4_000) : List.of());
        List<Outage> outages = new ArrayList<>();
        if (!calm && draw.chance(0.25)) {
            double from = draw.between(0.0, duration / 2);
            while (from < duration) {
                double to = from + draw.of(List.of(5.0, 60.0, 400.0, 4_000.0)) * draw.between(0.5, 1.0);
                outages.add(new Outage(from, to, draw.of(Cause.class)));
                from = to + draw.wait(duration / 2);
            }
        }
        return new HostPlan(clock, draw.between(-2e-5, 2e-5), outages);
    }

    private NetworkPlan network() {
        double stale = later.chance(0.3) ? later.between(0.0, 0.9) : 0;
        if (calm) {
            return draw.chance(0.5) ? NetworkPlan.PERFECT : new NetworkPlan(0, 0, 0, 0, 0, 0, 0, 0.02, stale);
        }
        double share = draw.of(List.of(0.001, 0.01, 0.05));
        return new NetworkPlan(some(share), some(share), some(share), some(share), some(share), some(share),
                some(share), later.chance(0.1) ? 0.8 : 0.1, stale);
    }

    private double some(double share) {
        return draw.chance(0.5) ? share : 0;
    }
}
