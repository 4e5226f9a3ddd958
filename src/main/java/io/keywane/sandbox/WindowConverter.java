package io.keywane.sandbox;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a window such as {@code 60s}, {@code 5m}, {@code 1h} or {@code 1d}. */
final class WindowConverter implements ITypeConverter<Duration> {
    private static final Pattern WINDOW = Pattern.compile("(\\d{1,9})([smhd])");

    @Override
    public Duration convert(String value) {
        Matcher matcher = WINDOW.matcher(value);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + value + "' is not a window: write a number with s, m, h or d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
