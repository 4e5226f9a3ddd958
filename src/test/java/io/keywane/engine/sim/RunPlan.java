package io.keywane.engine.sim;

import io.keywane.engine.sim.CrashPoints.Point;
import io.keywane.engine.sim.Weather.Spell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * All that one run draws beforehand.
 *
 * @param acts what persons do out of turn
 * @param deaths planned deaths, each after the one before
 */
record RunPlan(
        long seed,
        int keys,
        int groups,
        boolean publishes,
        boolean approval,
        int quietSeconds,
        int delaySeconds,
        boolean hasStraggler,
        List<Planned> acts,
        List<Spell> spells,
        List<Point> deaths) {
    /** When the first rotation begins, in seconds. */
    static final int BEGIN = 90;
    /** When people come to their senses and faults are over, in seconds. */
    static final int SOBER = 420;
    /** The proof of silence takes a window and some probes, and would hide any wait that is shorter. */
    private static final int SLOW_SWITCH = 200;
    /** Which of sixteen seeds have such a wait: some with deaths, some with faults. */
    private static final Set<Integer> SLOW = Set.of(5, 9);
    /** The later one came when seeds had proven their worth: drawn with the others, it would change them all. */
    private static final Fault[] DRAWN = Arrays.stream(Fault.values())
            .filter(fault -> fault != Fault.LEAVING_KEYS_REFUSED).toArray(Fault[]::new);
    private static final int REFUSING = 1;
    private static final List<Effect> DEADLY = List.of(Effect.COMMIT, Effect.CONCLUDE, Effect.SETTING,
            Effect.LEDGER_OPEN, Effect.LEDGER_SETTLE, Effect.FLUSH, Effect.EVIDENCE, Effect.STAGE, Effect.PROMOTE,
            Effect.MARK, Effect.UNMARK, Effect.RELEASE, Effect.PUBLISH, Effect.PROBE, Effect.CONTROL);

    /** One act at a time, in seconds. */
    record Planned(int at, Act act) {}

    RunPlan {
        acts = List.copyOf(acts);
        spells = List.copyOf(spells);
        deaths = List.copyOf(deaths);
    }

    /** Whether nothing at all goes wrong. */
    boolean isCalm() {
        return acts.isEmpty() && spells.isEmpty() && deaths.isEmpty();
    }

    static RunPlan of(long seed) {
        Dice dice = new Dice(seed);
        int kind = (int) Math.floorMod(seed, 8L);
        int dying = switch (kind) {
            case 1 -> 1;
            case 2, 3, 4 -> 2;
            case 6, 7 -> dice.between(0, 2);
            default -> 0;
        };
        int faults = kind == 5 ? dice.between(1, 3) : kind == 6 ? dice.between(1, 2) : 0;
        int acts = kind == 7 ? dice.between(1, 4) : kind == 6 ? dice.between(0, 2) : 0;
        boolean mayUnmark = dying > 0 && kind < 5;
        List<Point> points = points(dice, dying);
        List<Planned> planned = new ArrayList<>();
        for (int i = 0; i < acts; i++) {
            planned.add(new Planned(dice.between(BEGIN, SOBER), dice.of(Act.values())));
        }
        if (mayUnmark && points.stream().anyMatch(p -> p.effect() == Effect.UNMARK)) {
            planned.add(new Planned(SOBER - 10, Act.USE_LEAVING));
        }
        planned.sort((a, b) -> Integer.compare(a.at(), b.at()));
        RunPlan drawn = new RunPlan(seed, dice.chance(0.2) ? 2 : 1, dice.chance(0.3) ? 2 : 1, dice.chance(0.7),
                dice.chance(0.3), dice.between(60, 120), dice.between(10, 30), dice.chance(0.3), planned,
                spells(dice, faults), points);
        if (Math.floorMod(seed, 16) == REFUSING) {
            long from = (BEGIN + dice.between(5, 60)) * 1_000L;
            long until = from + dice.between(20, (int) Fault.LEAVING_KEYS_REFUSED.most().toSeconds()) * 1_000L;
            return drawn.with(new Spell(Fault.LEAVING_KEYS_REFUSED, from, until));
        }
        boolean isSlow = SLOW.contains(Math.floorMod(seed, 16));
        return isSlow ? drawn.withSlowConsumers() : drawn;
    }

    /** A run with one act and nothing else that goes wrong. */
    static RunPlan calm(long seed, Planned... acts) {
        RunPlan drawn = of(seed);
        return new RunPlan(seed, drawn.keys, drawn.groups, drawn.publishes, false, drawn.quietSeconds,
                drawn.delaySeconds, drawn.hasStraggler, List.of(acts), List.of(), List.of());
    }

    /** This run with consumers that may take long to switch. */
    RunPlan withSlowConsumers() {
        return new RunPlan(seed, keys, groups, publishes, approval, quietSeconds, SLOW_SWITCH + delaySeconds,
                hasStraggler, acts, spells, deaths);
    }

    /** This run, in which the process dies at that point. */
    RunPlan dying(Point point) {
        return new RunPlan(seed, keys, groups, publishes, approval, quietSeconds, delaySeconds, hasStraggler, acts,
                spells, List.of(point));
    }

    private RunPlan with(Spell spell) {
        return new RunPlan(seed, keys, groups, publishes, approval, quietSeconds, delaySeconds, hasStraggler, acts,
                List.of(spell), deaths);
    }

    private static List<Point> points(Dice dice, int deaths) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < deaths; i++) {
            Effect effect = dice.of(DEADLY);
            int passed = switch (effect) {
                case PROBE, LEDGER_OPEN, LEDGER_SETTLE, FLUSH -> dice.between(0, i == 0 ? 40 : 12);
                case COMMIT, CONCLUDE -> dice.between(0, i == 0 ? 12 : 3);
                case CONTROL -> dice.between(0, 3);
                default -> dice.between(0, 1) * dice.between(0, 1);
            };
            points.add(new Point(effect, dice.chance(0.5), passed));
        }
        return points;
    }

    private static List<Spell> spells(Dice dice, int number) {
        List<Spell> spells = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Fault fault = dice.of(DRAWN);
            // What strikes writes strikes only where it holds when there are some: most of them are at the beginning.
            boolean early = dice.chance(fault.isMoment() ? 0.3 : 0.6);
            long from = (early ? dice.between(BEGIN - 5, BEGIN + 10) : dice.between(BEGIN, SOBER - 20)) * 1_000L;
            long most = Math.min(fault.most().toSeconds(), SOBER - from / 1_000);
            long until = fault.isMoment() ? from + 1 : from + dice.between(3, (int) Math.max(4, most)) * 1_000L;
            spells.add(new Spell(fault, from, until));
        }
        return spells;
    }

    /** The same for people. */
    String words() {
        return "seed " + seed + ": " + keys + " keys, " + groups + " groups, publishes " + publishes + ", approval "
                + approval + ", quiet " + quietSeconds + " s, delay " + delaySeconds + " s, straggler " + hasStraggler
                + ", acts " + acts + ", faults " + spells + ", deaths " + deaths;
    }
}
