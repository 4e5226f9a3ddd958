package io.keywane.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 90d}; units from large to small. */
final class Durations {
    private static final Pattern SHAPE = Pattern
            .compile("(?:([0-9]{1,6})d)?(?:([0-9]{1,8})h)?(?:([0-9]{1,8})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");

    private Durations() {}

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if the text is no such span
     */
    static Duration parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a duration; write it as 30s, 5m, 1h30m or 90d");
        }
        return Duration.ofDays(number(matcher, 1)).plusHours(number(matcher, 2)).plusMinutes(number(matcher, 3))
                .plusSeconds(number(matcher, 4)).plusMillis(number(matcher, 5));
    }

    private static long number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
