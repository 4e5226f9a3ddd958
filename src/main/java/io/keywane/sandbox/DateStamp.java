package io.keywane.sandbox;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import static java.time.ZoneOffset.UTC;

/** The Date header: the clock's whole seconds, formatted once a second. */
final class DateStamp {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US).withZone(UTC);

    private final InstantSource clock;
    private volatile Stamp last = new Stamp(Long.MIN_VALUE, "");

    DateStamp(InstantSource clock) {
        this.clock = clock;
    }

    String now() {
        long second = clock.instant().getEpochSecond();
        Stamp stamp = last;
        if (stamp.second() != second) {
            stamp = new Stamp(second, FORMAT.format(Instant.ofEpochSecond(second)));
            last = stamp;
        }
        return stamp.text();
    }

    static String of(Instant time) {
        return FORMAT.format(time);
    }

    private record Stamp(long second, String text) {}
}
