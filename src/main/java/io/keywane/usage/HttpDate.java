package io.keywane.usage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A Date header's time. The form that every server sends is read at once; the others that the standard allows, slowly. */
final class HttpDate {
    private static final String PATTERN = "Ddd, 00 Mmm 0000 00:00:00 GMT";
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int NAME = 3;

    private HttpDate() {}

    /** Whole seconds; empty where the text is no date. */
    static Optional<Instant> read(String text) {
        String date = text.strip();
        try {
            return Optional.of(isUsual(date)
                    ? usual(date)
                    : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static boolean isUsual(String date) {
        if (date.length() != PATTERN.length()) {
            return false;
        }
        for (int i = 0; i < PATTERN.length(); i++) {
            char expected = PATTERN.charAt(i);
            char found = date.charAt(i);
            boolean fits = switch (expected) {
                case '0' -> found >= '0' && found <= '9';
                case 'D', 'd', 'M', 'm' -> true;
                default -> found == expected;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Instant usual(String date) {
        LocalDate day = LocalDate.of(number(date, 12, 16), name(date, 8, MONTHS), number(date, 5, 7));
        if (day.getDayOfWeek().getValue() != name(date, 0, DAYS)) {
            throw new DateTimeException("another day of the week");
        }
        return day.atTime(number(date, 17, 19), number(date, 20, 22), number(date, 23, 25)).toInstant(ZoneOffset.UTC);
    }

    private static int number(String date, int begin, int end) {
        return Integer.parseInt(date, begin, end, 10);
    }

    /** The place of a name in a list of them, from 1; 0 where it is none of them. */
    private static int name(String date, int begin, String names) {
        for (int i = 0; i < names.length(); i += NAME) {
            if (date.regionMatches(true, begin, names, i, NAME)) {
                return i / NAME + 1;
            }
        }
        return 0;
    }
}
