package io.keywane.usage;

import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Others' use of one key version in one group, step by step for the last half hour and hour by hour before: small, however
 * long it reaches back. Not safe for use by several threads at once.
 */
public final class UseTally {
    private static final Duration FINE = Duration.ofMinutes(30);
    private static final long HOUR_SECONDS = 3_600;

    private final Deque<UseStep> hours = new ArrayDeque<>(1);
    private final Deque<UseStep> recent = new ArrayDeque<>(1);
    private final IdleGaps gaps = new IdleGaps();
    private Duration horizon;
    private @Nullable UsagePoint last;

    /** A tally that reaches so far back. */
    public UseTally(Duration horizon) {
        this.horizon = requireNonNull(horizon, "horizon is null");
    }

    /** Reaches further, or less far, back from now on. */
    public void reach(Duration back) {
        horizon = back;
    }

    /** Takes in the next point of the version and group. */
    public void add(UsagePoint point) {
        UsagePoint before = last;
        last = point;
        gaps.take(before, point);
        if (before == null) {
            return;
        }
        note(new UseStep(before.at(), point.at(), ForeignRate.between(before, point), point.window()));
        while (point.at().isAtLeastAfter(recent.getFirst().to(), FINE)) {
            settle(recent.removeFirst());
        }
        hours.removeIf(step -> point.at().isAtLeastAfter(step.to(), horizon));
    }

    /** The longest idle time after which the version was used again; zero where it was not. */
    public Duration returned() {
        return gaps.returned();
    }

    /** Silence after silence is one step: any part of it is known to be silent. */
    private void note(UseStep step) {
        UseStep before = recent.peekLast();
        boolean isSame = before != null && before.isSilent() && step.isSilent() && isOfOneHour(before, step)
                && before.resolution().equals(step.resolution());
        recent.add(isSame ? recent.removeLast().then(step) : step);
    }

    private void settle(UseStep step) {
        UseStep before = hours.peekLast();
        hours.add(before != null && isOfOneHour(before, step) ? hours.removeLast().then(step) : step);
    }

    private static boolean isOfOneHour(UseStep before, UseStep step) {
        return hourOf(before) == hourOf(step) && before.to().boot().equals(step.to().boot());
    }

    private static long hourOf(UseStep step) {
        return Math.floorDiv(step.to().wall().getEpochSecond() - 1, HOUR_SECONDS);
    }

    /** The steps that lie within two moments, both of the past. */
    public List<UseStep> between(Moment from, Moment to, Moment now) {
        return Stream.concat(hours.stream(), recent.stream())
                .map(step -> step.isSilent() ? step.silentWithin(from, to) : step)
                .filter(step -> step.from().isNotBefore(from, now) && to.isNotBefore(step.to(), now)).toList();
    }

    /** The use between two moments, both of the past, and how much of that time was observed. */
    public ForeignRate over(Moment from, Moment to, Moment now) {
        return sum(between(from, to, now), to.elapsedSince(from).orElse(to.sinceBoot()));
    }

    /** What steps add up to. */
    public static ForeignRate sum(List<UseStep> steps) {
        return steps.stream().map(UseStep::use).reduce(ForeignRate.NONE, ForeignRate::then);
    }

    /** What steps add up to, within a time of this length. */
    public static ForeignRate sum(List<UseStep> steps, Duration span) {
        ForeignRate sum = sum(steps);
        return new ForeignRate(sum.lo(), sum.hi(), sum.covered(), span);
    }
}
