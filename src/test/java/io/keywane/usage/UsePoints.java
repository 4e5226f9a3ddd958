package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.UsagePoint.Verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Usage points of one group as an honest counter would give them, from a Monday 00:00 UTC on. */
final class UsePoints {
    static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    static final VersionId FIRST = version(1);
    static final VersionId SECOND = version(2);
    static final LimiterGroup GENERAL = new LimiterGroup("general");
    static final LimiterGroup FEED = new LimiterGroup("feed");
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);

    private UsePoints() {}

    static VersionId version(int n) {
        return new VersionId(String.format("%032x", n));
    }

    static Moment at(Instant wall) {
        return new Moment("boot-1", Duration.between(MONDAY, wall), wall);
    }

    static UsagePoint used(LimiterGroup group, Instant at, long count) {
        return point(FIRST, group, at, count == 0 ? Verdict.SILENT : Verdict.IN_USE, count, MINUTE);
    }

    static UsagePoint unknown(LimiterGroup group, Instant at) {
        return new UsagePoint(FIRST, group, at(at), Verdict.UNKNOWN, UsageReason.NO_ANSWER, CountRange.ZERO,
                Duration.ZERO);
    }

    static UsagePoint point(
            VersionId version, LimiterGroup group, Instant at, Verdict verdict, long count, Duration window) {
        return new UsagePoint(version, group, at(at), verdict, UsageReason.MODEL_DECLARED,
                new CountRange(count, count), window);
    }

    /** A sample each minute; the function gives the requests in the minute that ends with the n-th minute. */
    static List<UsagePoint> minutely(LimiterGroup group, Duration span, LongUnaryOperator requests) {
        List<UsagePoint> points = new ArrayList<>();
        for (long minute = 1; minute <= span.toMinutes(); minute++) {
            points.add(used(group, MONDAY.plus(Duration.ofMinutes(minute)), requests.applyAsLong(minute - 1)));
        }
        return points;
    }

    static boolean isHourOfDay(long minute, int hour) {
        return minute / 60 % 24 == hour;
    }

    static boolean isDayOfWeek(long minute, int day) {
        return minute / (24 * 60) % 7 == day;
    }
}
