package io.keywane.rotation;

import io.keywane.key.Moment;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and numbers as people read them in explanations. */
final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'")
            .withZone(ZoneOffset.UTC);

    private Words() {}

    static String of(Moment moment) {
        return of(moment.wall());
    }

    static String of(Instant time) {
        return TIME.format(time);
    }

    static String of(Duration span) {
        long seconds = Math.max(0, span.plusMillis(999).toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        long hours = seconds / 3_600;
        long minutes = seconds % 3_600 / 60;
        if (hours >= 72) {
            return hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
        }
        return hours + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }

    /** A number with at most one digit behind the point. */
    static String of(double number) {
        String text = String.format(Locale.ROOT, "%.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
