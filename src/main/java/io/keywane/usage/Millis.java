package io.keywane.usage;

import io.keywane.key.Moment;

import java.time.Duration;
import java.time.Instant;

/**
 * Milliseconds on this host's even clock, the unit of the account's own arithmetic: an account keeps thousands of times in a
 * few bytes each. Rounded so that what is known of a time stays true: a least time down, a greatest time up.
 */
final class Millis {
    private static final int NANOS = 1_000_000;

    private Millis() {}

    /** The latest whole millisecond that is not after this moment. */
    static long floor(Moment moment) {
        return floor(moment.sinceBoot());
    }

    /** The earliest whole millisecond that is not before this moment. */
    static long ceil(Moment moment) {
        return ceil(moment.sinceBoot());
    }

    static long floor(Duration span) {
        return Math.addExact(Math.multiplyExact(span.getSeconds(), 1_000L), span.getNano() / NANOS);
    }

    static long ceil(Duration span) {
        return Math.addExact(Math.multiplyExact(span.getSeconds(), 1_000L), (span.getNano() + NANOS - 1) / NANOS);
    }

    /** Of a header's time, which has whole seconds. */
    static long epoch(Instant instant) {
        return Math.multiplyExact(instant.getEpochSecond(), 1_000L);
    }

    /** The moment at this time, reckoned from another of the same boot. */
    static Moment moment(long millis, Moment anchor) {
        return anchor.plus(Duration.ofMillis(millis).minus(anchor.sinceBoot()));
    }
}
