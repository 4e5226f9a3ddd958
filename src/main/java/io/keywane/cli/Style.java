package io.keywane.cli;

import io.keywane.page.Times;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How values are written in text: times in UTC to the second, ages in two units, colours or none.
 *
 * @param now against which ages are told
 * @param colour whether escape sequences are written
 */
record Style(Instant now, boolean colour) {
    Style {
        requireNonNull(now, "now is null");
    }

    String good(String text) {
        return paint("32", text);
    }

    String doubtful(String text) {
        return paint("33", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String strong(String text) {
        return paint("1", text);
    }

    /** How long ago; never below zero, since clocks of two processes differ. */
    String age(Instant instant) {
        Duration age = Duration.between(instant, now);
        return duration(age.isNegative() ? Duration.ZERO : age);
    }

    String age(Optional<Instant> instant) {
        return instant.map(this::age).orElse("-");
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The two largest units, such as {@code 3d 4h}. */
    static String duration(Duration duration) {
        return Times.duration(duration);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
