package io.keywane.rotation;

import io.keywane.key.Moment;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as people read them in explanations. */
final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'")
            .withZone(ZoneOffset.UTC);

    private Words() {}

    static String of(Moment moment) {
        return TIME.format(moment.wall());
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
        return hours + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }
}
