package io.keywane.engine.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What many runs came to. */
final class Report {
    final List<Outcome> broken = new ArrayList<>();
    final Map<Effect, Long> effects = new EnumMap<>(Effect.class);
    final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    final Map<String, Long> ends = new TreeMap<>();
    /** How often the process died where. */
    final Map<String, Long> points = new TreeMap<>();
    /** Where it died twice in one run. */
    final Set<String> pairs = new TreeSet<>();
    final Map<Act, Long> acts = new EnumMap<>(Act.class);
    long runs;
    long steps;
    long deaths;
    long seconds;
    long longest;

    void add(Outcome outcome) {
        runs++;
        steps += outcome.steps();
        deaths += outcome.deaths();
        seconds += outcome.seconds();
        longest = Math.max(longest, outcome.seconds());
        outcome.seen().forEach((effect, count) -> effects.merge(effect, (long) count, Long::sum));
        outcome.struck().forEach((fault, _) -> faults.merge(fault, 1L, Long::sum));
        outcome.ends().forEach(end -> ends.merge(end, 1L, Long::sum));
        outcome.hit().forEach(point -> points.merge(point, 1L, Long::sum));
        outcome.plan().acts().forEach(planned -> acts.merge(planned.act(), 1L, Long::sum));
        if (outcome.hit().size() == 2) {
            pairs.add(outcome.hit().getFirst() + ", then " + outcome.hit().getLast());
        }
        if (!outcome.broken().isEmpty()) {
            broken.add(outcome);
        }
    }

    /** The whole for people. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("runs %,d, steps %,d, simulated %,d h, longest %,d s%n".formatted(runs, steps, seconds / 3_600,
                longest));
        text.append("effects of the engine: ").append(effects).append(System.lineSeparator());
        text.append("deaths %,d, at each of %d points: %s%n".formatted(deaths, points.size(), points));
        text.append("pairs of points in one run: %d%n".formatted(pairs.size()));
        text.append("runs with each fault: ").append(faults).append(System.lineSeparator());
        text.append("acts of people out of turn: ").append(acts).append(System.lineSeparator());
        text.append("last rotations ended: ").append(ends).append(System.lineSeparator());
        text.append("violations: ").append(broken.size()).append(System.lineSeparator());
        return text.append(failures()).toString();
    }

    /** What was broken, with the seeds to play again. */
    String failures() {
        StringBuilder text = new StringBuilder();
        broken.forEach(outcome -> text.append("seed ").append(outcome.plan().seed()).append(": ")
                .append(outcome.broken()).append(System.lineSeparator()));
        return text.toString();
    }
}
