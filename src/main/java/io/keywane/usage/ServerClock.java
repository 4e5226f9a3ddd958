package io.keywane.usage;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the server's clock is from this host's even clock, as an interval that each answer narrows; all in milliseconds.
 *
 * <p>An answer that does not fit means that the server's clock was moved: a limiter that counts by it may have dropped
 * requests, so what it shows proves nothing until a window has passed on any reading of its clock.
 *
 * <p>Date is cut to whole seconds and may be a second old. If it is, the interval holds the distance less that second; what
 * is concluded here stays true.
 */
final class ServerClock {
    private static final long SECOND = 1_000;
    /** How far two clocks may go apart that are in good order: one in so many. */
    private static final long DRIFT = 10_000;
    /** How far the server's clock and our wall clock may disagree about the time that a restart of this host took. */
    private static final long AGREEMENT = 3 * SECOND;

    private boolean isKnown;
    private boolean isOfFormerBoot;
    private long lo;
    private long hi;
    private long at;
    private long date;
    private long wall;

    /**
     * Takes in one answer's Date.
     *
     * @param min when the request was sent
     * @param max when its answer was complete
     * @param wallThen our wall clock at that time
     * @return how far back the server's clock may have gone if it was moved; empty if it was not
     */
    OptionalLong stepSeenBy(long min, long max, Instant dateShown, Instant wallThen) {
        long shown = Millis.epoch(dateShown);
        long sampleLo = shown - SECOND - max;
        long sampleHi = shown + SECOND - min;
        long drift = drift(max - at);
        long narrowedLo = Math.max(lo - drift, sampleLo);
        long narrowedHi = Math.min(hi + drift, sampleHi);
        boolean isMoved = isKnown && !isOfFormerBoot && narrowedLo > narrowedHi;
        long back = Math.max(0, hi - sampleLo);
        boolean isFresh = !isKnown || isOfFormerBoot || isMoved;
        lo = isFresh ? sampleLo : narrowedLo;
        hi = isFresh ? sampleHi : narrowedHi;
        isKnown = true;
        isOfFormerBoot = false;
        at = max;
        date = shown;
        wall = wallThen.toEpochMilli();
        return isMoved ? OptionalLong.of(back) : OptionalLong.empty();
    }

    /** The even clock starts anew. */
    void reboot() {
        isOfFormerBoot = true;
    }

    /**
     * How the even clock before a restart of this host stands to the present one, by the first answer after it. Empty where
     * the server's clock and ours disagree about the time between: then one of them was moved.
     */
    Optional<Shift> bridge(long min, long max, Instant dateShown, Instant wallThen) {
        if (!isKnown || !isOfFormerBoot) {
            return Optional.empty();
        }
        long shown = Millis.epoch(dateShown);
        long passed = shown - date;
        long drift = drift(passed);
        long disagreement = Math.abs(wallThen.toEpochMilli() - wall - passed);
        if (disagreement > AGREEMENT + drift + (max - min)) {
            return Optional.empty();
        }
        long slack = AGREEMENT + drift;
        return Optional.of(new Shift(lo - (shown + SECOND - min) - slack, hi - (shown - SECOND - max) + slack));
    }

    /** The latest time at which a request was counted that was answered with this Date, not after {@code max}. */
    long latestCount(long max, Instant dateShown) {
        return Math.min(max, Millis.epoch(dateShown) + SECOND - lo);
    }

    /** The earliest time on the even clock at which the server's clock can have shown this. */
    long earliest(Instant server) {
        return Millis.epoch(server) - SECOND - hi;
    }

    private static long drift(long passed) {
        return Math.ceilDiv(Math.abs(passed), DRIFT);
    }
}
