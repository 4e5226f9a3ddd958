package io.keywane.usage;

import java.time.Duration;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * How much others used a key over some time, estimated from the windows that samples showed.
 *
 * <p>The count of a rolling window, divided by its length and summed over time, gives the number of requests; where the
 * samples lie further apart than the window, the time between is not covered and counts as nothing.
 *
 * @param lo the least number of requests
 * @param hi the most
 * @param covered the time that was observed
 * @param span the time that was asked about
 */
public record ForeignRate(double lo, double hi, Duration covered, Duration span) {
    public static final ForeignRate NONE = new ForeignRate(0, 0, Duration.ZERO, Duration.ZERO);

    public ForeignRate {
        requireNonNull(covered, "covered is null");
        requireNonNull(span, "span is null");
        if (!(lo >= 0 && hi >= lo)) {
            throw new IllegalArgumentException("need 0 <= lo <= hi");
        }
    }

    /** Share of the time that was observed, 0 to 1. */
    public double coverage() {
        return span.isZero() ? 0 : Math.min(1, (double) covered.toNanos() / span.toNanos());
    }

    /** Least requests a minute while observed; 0 if nothing was. */
    public double loPerMinute() {
        return perMinute(lo);
    }

    /** Most requests a minute while observed; 0 if nothing was. */
    public double hiPerMinute() {
        return perMinute(hi);
    }

    private double perMinute(double count) {
        return covered.isZero() ? 0 : count * Duration.ofMinutes(1).toNanos() / covered.toNanos();
    }

    /** What one point adds, given the point of the same version and group before it. */
    public static ForeignRate between(UsagePoint before, UsagePoint point) {
        // Points of the past may come in the order of a wall clock that was set back.
        Duration elapsed = point.at().elapsedSince(before.at()).filter(time -> !time.isNegative())
                .orElse(Duration.ZERO);
        if (point.verdict() == UsagePoint.Verdict.CLOSED) {
            return new ForeignRate(0, 0, elapsed, elapsed);
        }
        if (point.verdict() == UsagePoint.Verdict.UNKNOWN) {
            return new ForeignRate(0, 0, Duration.ZERO, elapsed);
        }
        Duration covered = elapsed.compareTo(point.window()) < 0 ? elapsed : point.window();
        double share = (double) covered.toNanos() / point.window().toNanos();
        return new ForeignRate(point.foreign().lo() * share, point.foreign().hi() * share, covered, elapsed);
    }

    /** Use over a series of points of one version and group, in the order of time. */
    public static ForeignRate over(List<UsagePoint> points) {
        ForeignRate sum = NONE;
        for (int i = 1; i < points.size(); i++) {
            sum = sum.then(between(points.get(i - 1), points.get(i)));
        }
        return sum;
    }

    /** The use of two stretches of time, one after the other. */
    public ForeignRate then(ForeignRate next) {
        return new ForeignRate(lo + next.lo, hi + next.hi, covered.plus(next.covered), span.plus(next.span));
    }
}
