package io.keywane.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How many requests an hour others made in one group, by the hour of the week (UTC). Immutable, about 3 KB.
 */
public final class HourlyLoad {
    static final int HOURS = 168;
    private static final int HOURS_OF_DAY = 24;
    private static final int LEAST_WEEKS = 2;
    private static final int LEAST_DAYS = 2;

    /** No load is known. */
    public static final HourlyLoad UNKNOWN = new HourlyLoad(new double[HOURS], new double[HOURS], new int[HOURS],
            ForeignRate.NONE);

    private final double[] lo;
    private final double[] hi;
    private final int[] times;
    private final ForeignRate whole;

    /** Which part of the history speaks for an hour. */
    public enum Basis {
        /** The same hour of the same day in earlier weeks. */
        HOUR_OF_WEEK("the same hour of earlier weeks"),
        /** The same hour of earlier days. */
        HOUR_OF_DAY("the same hour of earlier days"),
        /** The mean of all that was seen. */
        MEAN("the mean of all that was seen"),
        /** Nothing. */
        NONE("nothing");

        private final String sentence;

        Basis(String sentence) {
            this.sentence = sentence;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String sentence() {
            return sentence;
        }
    }

    /**
     * What is expected in one hour.
     *
     * @param lo the least requests an hour
     * @param hi the most
     */
    public record Expected(double lo, double hi, Basis basis) {
        public Expected {
            requireNonNull(basis, "basis is null");
        }
    }

    /**
     * @param lo the least requests in each hour of the week, summed over the times it was seen
     * @param hi the most
     * @param times how often each hour was seen
     * @param whole all that was seen
     */
    HourlyLoad(double[] lo, double[] hi, int[] times, ForeignRate whole) {
        this.lo = lo.clone();
        this.hi = hi.clone();
        this.times = times.clone();
        this.whole = whole;
    }

    /** The hour of the week, from Monday 00:00 UTC. */
    static int hourOfWeek(Instant at) {
        OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
        return (time.getDayOfWeek().getValue() - 1) * HOURS_OF_DAY + time.getHour();
    }

    /** What is expected in the hour of a time: by the same hours as far as they were seen, else by the mean. */
    public Expected expected(Instant at) {
        int hour = hourOfWeek(at);
        if (times[hour] >= LEAST_WEEKS) {
            return mean(hour, HOURS, Basis.HOUR_OF_WEEK);
        }
        int seen = 0;
        for (int day = hour % HOURS_OF_DAY; day < HOURS; day += HOURS_OF_DAY) {
            seen += times[day];
        }
        if (seen >= LEAST_DAYS) {
            return mean(hour % HOURS_OF_DAY, HOURS_OF_DAY, Basis.HOUR_OF_DAY);
        }
        return whole.covered().isZero()
                ? new Expected(0, 0, Basis.NONE)
                : new Expected(60 * whole.loPerMinute(), 60 * whole.hiPerMinute(), Basis.MEAN);
    }

    private Expected mean(int first, int step, Basis basis) {
        double least = 0;
        double most = 0;
        int seen = 0;
        for (int hour = first; hour < HOURS; hour += step) {
            least += lo[hour];
            most += hi[hour];
            seen += times[hour];
        }
        return new Expected(least / seen, most / seen, basis);
    }

    /** When the next hour begins in which at least so many requests are expected; empty if none does within a week. */
    public Optional<Instant> nextAtLeast(double requests, Instant after) {
        Instant begin = after.truncatedTo(ChronoUnit.HOURS);
        for (int i = 1; i <= HOURS; i++) {
            Instant hour = begin.plus(Duration.ofHours(i));
            if (expected(hour).lo() >= requests) {
                return Optional.of(hour);
            }
        }
        return Optional.empty();
    }

    /** All that was seen. */
    public ForeignRate whole() {
        return whole;
    }
}
