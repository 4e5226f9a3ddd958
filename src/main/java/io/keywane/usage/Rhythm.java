package io.keywane.usage;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Hours of the week in which a key is used regularly while the hours around are far quieter, as by a job on a timetable. In
 * UTC; a job on local time shifts by an hour twice a year, and its rhythm is then learnt anew.
 *
 * @param days the days on which it runs
 * @param hour the hour in which it begins, 0 to 23
 * @param hours how many hours it lasts, 1 to 24
 */
public record Rhythm(Set<DayOfWeek> days, int hour, int hours) {
    private static final int DAYS = 7;

    public Rhythm {
        days = Set.copyOf(days);
        if (days.isEmpty() || hour < 0 || hour > 23 || hours < 1 || hours > 24) {
            throw new IllegalArgumentException("a rhythm has days, an hour from 0 to 23 and 1 to 24 hours");
        }
    }

    /** The end of the n-th run that begins at or after a time. */
    public Instant endOfRun(Instant from, int n) {
        return beginOfRun(from, n).plus(Duration.ofHours(hours));
    }

    /** The begin of the n-th run that begins at or after a time, counted from 1. */
    public Instant beginOfRun(Instant from, int n) {
        OffsetDateTime day = from.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        int runs = 0;
        while (true) {
            Instant begin = day.plusHours(hour).toInstant();
            if (days.contains(day.getDayOfWeek()) && !begin.isBefore(from) && ++runs == n) {
                return begin;
            }
            day = day.plusDays(1);
        }
    }

    /** In words: {@code daily at 02:00 UTC}, {@code on Mon, Thu at 02:00 UTC}. */
    public String words() {
        String when = days.size() == DAYS
                ? "daily"
                : "on " + new TreeSet<>(days).stream().map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                        .collect(Collectors.joining(", "));
        return when + String.format(Locale.ROOT, " at %02d:00 UTC", hour)
                + (hours == 1 ? "" : " for " + hours + " h");
    }
}
