package io.keywane.usage.sim;

import io.keywane.usage.ProofPolicy;
import io.keywane.usage.ProofPolicy.FixedWindows;
import io.keywane.usage.ProofPolicy.ShadowSpans;
import io.keywane.usage.sim.Consumer.Habit;
import io.keywane.usage.sim.GroupPlan.Knowledge;
import io.keywane.usage.sim.LimiterPlan.ResetStyle;
import io.keywane.usage.sim.LimiterPlan.Routing;
import io.keywane.usage.sim.LimiterPlan.Window;
import io.keywane.usage.sim.PowerRow.Setting;
import io.keywane.usage.sim.PowerRow.Users;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Draws scenarios of one row of the power campaign from seeds: a key with two groups that is used, and then is not. What the
 * row leaves open is drawn: meaning of the headers, users, phases, clocks, flights.
 */
final class PowerDraw {
    private static final double DAY = 86_400;
    private static final int GROUPS = 2;

    private final PowerRow row;
    private final long seed;
    private final Draw draw;
    private final double shown;
    private final double quietFrom;

    private PowerDraw(PowerRow row, long seed) {
        this.row = row;
        this.seed = seed;
        draw = new Draw(seed * PowerRow.values().length + row.name().hashCode());
        shown = row.setting.windows().getFirst().length();
        quietFrom = quietFrom();
    }

    static Scenario scenario(PowerRow row, long seed) {
        return new PowerDraw(row, seed).scenario();
    }

    private double quietFrom() {
        return switch (row.setting.users()) {
            case BUSY -> shown > 3_600 ? draw.between(0.2, 1.1) * shown : Math.max(300, draw.between(1.0, 3.0) * shown);
            case LIGHT, HEAVY -> draw.between(1.0, 3.0) * 3_600;
            case NIGHTLY -> draw.between(1.3, 2.6) * DAY;
            case WEEKLY -> draw.between(7.3, 14.6) * DAY;
        };
    }

    private Scenario scenario() {
        boolean after = draw.chance(0.5);
        ResetStyle reset = draw.of(ResetStyle.class);
        List<GroupPlan> groups = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            LimiterPlan limiter = new LimiterPlan(row.setting.kind(), row.setting.windows(), row.setting.display(),
                    after,
                    reset, false, 1, Routing.ONE_COUNTER, 0, false, List.of(), OptionalDouble.empty(), 0);
            groups.add(new GroupPlan("group" + i, limiter, consumers(i), true, new ClockPlan(0, 0, List.of()),
                    row.setting.known() ? Knowledge.TRUE : Knowledge.NONE));
        }
        double longest = row.setting.windows().stream().mapToDouble(Window::length).max().orElseThrow();
        double patience = row.promise.isNever() ? 3 * shown : row.promise.beyond() + Math.min(longest, 1_800);
        ClockPlan server = new ClockPlan(draw.between(-5.0, 5.0), draw.between(-5e-5, 5e-5), List.of());
        HostPlan host = new HostPlan(new ClockPlan(draw.between(-100.0, 100.0), draw.between(-5e-5, 5e-5), List.of()),
                draw.between(-2e-5, 2e-5), List.of());
        double lost = row.setting.lost();
        NetworkPlan network = new NetworkPlan(lost, 0, lost, 0, 0, 0, 0, draw.chance(0.5) ? 0.02 : 0, 0);
        ProofPolicy proof = new ProofPolicy(row.setting.shadowed() ? ShadowSpans.ALLOW : ShadowSpans.DENY,
                FixedWindows.REFUSE);
        return new Scenario(seed, Optional.empty(), quietFrom + row.quiet + patience, row.quiet, groups, server, host,
                network, new Conduct(Conduct.Aim.PLAN, 1, proof));
    }

    /** One user at least, in the first group. */
    private List<Consumer> consumers(int group) {
        List<Consumer> drawn = new ArrayList<>();
        int number = draw.between(group == 0 ? 1 : 0, 2);
        for (int i = 0; i < number; i++) {
            drawn.add(consumer());
        }
        return drawn;
    }

    private Consumer consumer() {
        Habit usual = draw.of(List.of(Habit.STEADY, Habit.RANDOM, Habit.JITTERY, Habit.STRAGGLER, Habit.MIMIC));
        return switch (row.setting.users()) {
            case BUSY -> new Consumer(usual, 0, quietFrom, usual == Habit.MIMIC
                    ? draw.of(List.of(1.0, 1.5, 4.0))
                    : draw.of(List.of(2.0, 10.0, 24.0, 30.0, 60.0, 61.0, 300.0)), draw.chance(0.3) ? 4 : 1, false);
            case LIGHT -> new Consumer(draw.of(List.of(Habit.STEADY, Habit.RANDOM, Habit.JITTERY)), 0, quietFrom,
                    draw.between(240.0, 900.0), 1, false);
            case HEAVY -> new Consumer(draw.of(List.of(Habit.STEADY, Habit.RANDOM, Habit.JITTERY)), 0, quietFrom,
                    draw.between(1.0, 5.0), 1, false);
            case NIGHTLY -> new Consumer(Habit.NIGHTLY, draw.between(0.0, 0.3) * DAY, quietFrom,
                    draw.between(10.0, 120.0), 1, false);
            case WEEKLY -> new Consumer(Habit.WEEKLY, draw.between(0.0, 0.3) * DAY, quietFrom,
                    draw.between(10.0, 120.0), 1, false);
        };
    }

    /** Whether the times between uses are those of real nights or weeks. */
    static boolean isOfRealTime(Setting setting) {
        return setting.users() == Users.NIGHTLY || setting.users() == Users.WEEKLY;
    }
}
