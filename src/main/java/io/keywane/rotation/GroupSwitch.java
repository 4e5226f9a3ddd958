package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.usage.ForeignRate;
import io.keywane.usage.GroupCadence;
import io.keywane.usage.HourlyLoad;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.Rhythm;
import io.keywane.usage.UseStep;
import io.keywane.usage.UseTally;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * How the load of one group moved: what the old key carried in such hours before, what the new key carries in them now,
 * and what still comes in on the old one.
 *
 * @param use whether the group was used at all before
 * @param expected what the old key's history lets expect for the observed part of the compared time
 * @param carried what the new key carried
 * @param left what others still did with the old key since they should have switched
 * @param leftHours the hours of the day (UTC) in which they did
 * @param runs for each rhythm of the group, whether its latest run came in on the new key
 * @param next the next hour in which a request at least is expected
 */
public record GroupSwitch(
        LimiterGroup group,
        GroupCadence.Use use,
        HourlyLoad.Expected expected,
        ForeignRate carried,
        ForeignRate left,
        Set<Integer> leftHours,
        List<Run> runs,
        Optional<Instant> next) {
    /**
     * The latest whole run of a rhythm in the compared time.
     *
     * @param begin when it began; empty where there was none yet
     * @param expected the most requests that it is expected to bring
     * @param carried the least that the new key carried in it
     * @param nextEnd when the next run is over
     */
    public record Run(Rhythm rhythm, Optional<Instant> begin, double expected, double carried, Instant nextEnd) {
        public Run {
            requireNonNull(rhythm, "rhythm is null");
            requireNonNull(begin, "begin is null");
            requireNonNull(nextEnd, "nextEnd is null");
        }
    }

    public GroupSwitch {
        requireNonNull(group, "group is null");
        requireNonNull(use, "use is null");
        requireNonNull(expected, "expected is null");
        requireNonNull(carried, "carried is null");
        requireNonNull(left, "left is null");
        leftHours = Set.copyOf(leftHours);
        runs = List.copyOf(runs);
        requireNonNull(next, "next is null");
    }

    /**
     * Compares the new key's steps in a time with what the old key's history lets expect.
     *
     * @param steps the new key's steps within the compared time
     * @param remains the old key's steps since consumers should have switched
     */
    public static GroupSwitch of(
            GroupCadence before, List<UseStep> steps, List<UseStep> remains, Moment from, Moment to) {
        Duration span = to.elapsedSince(from).orElse(to.sinceBoot());
        Instant begin = to.wall().minus(span);
        Set<Integer> hours = new TreeSet<>();
        remains.stream().filter(step -> step.use().lo() > 0)
                .forEach(step -> hours.add(step.to().wall().minusSeconds(1).atOffset(ZoneOffset.UTC).getHour()));
        List<Run> runs = before.rhythms().stream()
                .map(rhythm -> run(rhythm, before.load(), steps, begin, to.wall())).toList();
        return new GroupSwitch(before.group(), before.use(), expected(before.load(), steps, to.wall()),
                UseTally.sum(steps, span), UseTally.sum(remains), hours, runs,
                before.load().nextAtLeast(1, to.wall()));
    }

    private static HourlyLoad.Expected expected(HourlyLoad load, List<UseStep> steps, Instant now) {
        double lo = 0;
        double hi = 0;
        for (UseStep step : steps) {
            HourlyLoad.Expected hour = load.expected(step.to().wall().minusSeconds(1));
            double hours = (double) step.use().covered().toNanos() / Duration.ofHours(1).toNanos();
            lo += hour.lo() * hours;
            hi += hour.hi() * hours;
        }
        return new HourlyLoad.Expected(lo, hi, load.expected(now).basis());
    }

    private static Run run(Rhythm rhythm, HourlyLoad load, List<UseStep> steps, Instant from, Instant to) {
        Optional<Instant> latest = Optional.empty();
        Instant next = rhythm.endOfRun(from, 1);
        for (int n = 1; !next.isAfter(to); n++) {
            latest = Optional.of(rhythm.beginOfRun(from, n));
            next = rhythm.endOfRun(from, n + 1);
        }
        if (latest.isEmpty()) {
            return new Run(rhythm, latest, 0, 0, next);
        }
        Instant begin = latest.get();
        Instant end = begin.plus(Duration.ofHours(rhythm.hours()));
        List<UseStep> during = steps.stream()
                .filter(step -> step.to().wall().isAfter(begin) && !step.to().wall().isAfter(end)).toList();
        double carried = during.stream().mapToDouble(step -> step.use().lo()).sum();
        return new Run(rhythm, latest, expectedIn(load, begin, rhythm.hours()), carried, next);
    }

    private static double expectedIn(HourlyLoad load, Instant begin, int hours) {
        double all = 0;
        for (int hour = 0; hour < hours; hour++) {
            all += load.expected(begin.plus(Duration.ofHours(hour))).hi();
        }
        return all;
    }

    /** Whether so much load is expected in the compared time that its absence would mean something. */
    boolean isLoadExpected() {
        return use != GroupCadence.Use.NEVER && expected.hi() >= 1;
    }

    /** The share of the expected load that the new key certainly carried. */
    double share() {
        return expected.hi() == 0 ? 0 : carried.lo() / expected.hi();
    }
}
