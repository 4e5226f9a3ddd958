package io.keywane.page;

import java.time.Duration;
import java.time.Instant;

/** How times are written for people: in UTC, lengths in their two largest units. */
public final class Times {
    private Times() {}

    /** The two largest units, such as {@code 3d 4h}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return units(seconds, 60, "m", "s");
        }
        if (seconds < 86_400) {
            return units(seconds / 60, 60, "h", "m");
        }
        return units(seconds / 3_600, 24, "d", "h");
    }

    private static String units(long amount, long size, String large, String small) {
        long rest = amount % size;
        return amount / size + large + (rest == 0 ? "" : " " + rest + small);
    }

    static String date(Instant day) {
        return day.toString().substring(0, 10);
    }

    /** To the minute. */
    static String time(Instant at) {
        return at.toString().substring(0, 16).replace('T', ' ');
    }
}
