package io.keywane.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people type them: {@code 90s}, {@code 30m}, {@code 1h30m}, {@code 7d}, or ISO-8601. */
final class Durations implements ITypeConverter<Duration> {
    private static final Pattern SHORT = Pattern
            .compile("(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m)?(?:(\\d{1,8})s)?");

    @Override
    public Duration convert(String value) {
        Duration duration = parse(value);
        if (!duration.isPositive()) {
            throw refused(value);
        }
        return duration;
    }

    private static Duration parse(String value) {
        Matcher matcher = SHORT.matcher(value);
        if (!value.isEmpty() && matcher.matches()) {
            return Duration.ofDays(number(matcher, 1)).plusHours(number(matcher, 2)).plusMinutes(number(matcher, 3))
                    .plusSeconds(number(matcher, 4));
        }
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException _) {
            throw refused(value);
        }
    }

    private static long number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static TypeConversionException refused(String value) {
        return new TypeConversionException("'" + value + "' is no duration above 0, such as 90s, 30m, 24h, 7d");
    }
}
