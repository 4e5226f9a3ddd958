package io.keywane.rotation;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * A time of the week in which a new key may be promoted, by the wall clock of a time zone.
 *
 * @param text as it was written
 * @param days the days on which it opens
 * @param from when it opens
 * @param to when it closes, on the same day; midnight is the end of the day
 */
public record PromotionWindow(String text, Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    private static final Pattern TEXT = Pattern.compile(
            "([A-Za-z]{3})(?:-([A-Za-z]{3}))? +(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d)(?: +(\\S+))?");
    private static final String END_OF_DAY = "24:00";
    private static final int WEEK = 7;

    public PromotionWindow {
        requireNonNull(text, "text is null");
        days = Set.copyOf(days);
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(zone, "zone is null");
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a promotion window needs a day");
        }
        if (!to.equals(LocalTime.MIDNIGHT) && !to.isAfter(from)) {
            throw new IllegalArgumentException(
                    "a promotion window must close after it opens; write one over midnight as two, with 24:00");
        }
    }

    /**
     * Reads {@code Mon-Fri 09:00-16:00 Europe/Berlin}; without a zone it is UTC.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static PromotionWindow parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no window; write it as \"Mon-Fri 09:00-16:00 Europe/Berlin\"");
        }
        DayOfWeek first = day(matcher.group(1));
        DayOfWeek last = matcher.group(2) == null ? first : day(matcher.group(2));
        Set<DayOfWeek> days = EnumSet.of(first);
        for (DayOfWeek day = first; day != last; day = day.plus(1)) {
            days.add(day.plus(1));
        }
        return new PromotionWindow(text, days, time(matcher.group(3)), time(matcher.group(4)), zone(matcher.group(5)));
    }

    private static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().startsWith(name.toUpperCase(Locale.ROOT))) {
                return day;
            }
        }
        throw new IllegalArgumentException("\"" + name + "\" is no day; use Mon, Tue, Wed, Thu, Fri, Sat, Sun");
    }

    private static LocalTime time(String text) {
        if (text.equals(END_OF_DAY)) {
            return LocalTime.MIDNIGHT;
        }
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("\"" + text + "\" is no time of the day; use 00:00 to 24:00");
        }
    }

    private static ZoneId zone(@Nullable String name) {
        if (name == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("\"" + name + "\" is no time zone; use one as Europe/Berlin or UTC");
        }
    }

    /** Whether it is open. */
    public boolean contains(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        LocalTime clock = local.toLocalTime();
        boolean before = to.equals(LocalTime.MIDNIGHT) || clock.isBefore(to);
        return days.contains(local.getDayOfWeek()) && !clock.isBefore(from) && before;
    }

    /** When it opens next; the time itself while it is open. */
    public Instant next(Instant time) {
        if (contains(time)) {
            return time;
        }
        ZonedDateTime local = time.atZone(zone);
        for (int i = 0; i <= WEEK; i++) {
            ZonedDateTime opening = local.toLocalDate().plusDays(i).atTime(from).atZone(zone);
            if (days.contains(opening.getDayOfWeek()) && opening.toInstant().isAfter(time)) {
                return opening.toInstant();
            }
        }
        throw new IllegalStateException("a week without its days");
    }
}
