package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What goes wrong between client and API, for every request at once.
 *
 * @param delayBefore how long a request is under way before it is judged and counted
 * @param latency how long an answer is under way after it was judged and counted
 * @param errorShare the share, 0 to 1, of requests answered with {@code errorStatus} before they are counted
 * @param errorBurst how many of the next requests are answered so, whatever the share
 * @param stripKeyHeader whether the key header is taken off, as a proxy would: 401 for all keys
 * @param truncateBody whether answers break off in the middle of the body, after the request was counted
 * @param captivePage whether a proxy answers 200 with a page of its own; the API never sees the request
 * @param lostShare the share, 0 to 1, of answers that never arrive, after the request was counted
 * @param cachedFor a cache on the way repeats the last success of the same GET, whatever its key, for so long; with
 *     its old Date, and the API never sees the request
 * @param cachedAge whether that cache adds {@code Age}
 * @param oddHeader how the rate-limit and credit headers are spoilt, or null
 */
public record Faults(Duration delayBefore, Duration latency, double errorShare, int errorBurst, int errorStatus,
        boolean stripKeyHeader, boolean truncateBody, boolean captivePage, double lostShare,
        Duration cachedFor, boolean cachedAge, @Nullable OddHeader oddHeader) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(Duration.ZERO, Duration.ZERO, 0, 0, 503, false, false, false,
            0, Duration.ZERO, true, null);

    public Faults {
        requireDelay("delayBefore", delayBefore);
        requireDelay("latency", latency);
        requireDelay("cachedFor", cachedFor);
        requireShare("error share", errorShare);
        requireShare("lost share", lostShare);
        if (errorBurst < 0) {
            throw new IllegalArgumentException("error burst " + errorBurst + " is negative");
        }
        if (errorStatus < 500 || errorStatus > 599) {
            throw new IllegalArgumentException("error status " + errorStatus + " is not a 5xx status");
        }
    }

    public Faults withDelayBefore(Duration value) {
        return new Faults(value, latency, errorShare, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                captivePage, lostShare, cachedFor, cachedAge, oddHeader);
    }

    public Faults withLatency(Duration value) {
        return new Faults(delayBefore, value, errorShare, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                captivePage, lostShare, cachedFor, cachedAge, oddHeader);
    }

    public Faults withErrorShare(double value) {
        return new Faults(delayBefore, latency, value, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                captivePage, lostShare, cachedFor, cachedAge, oddHeader);
    }

    public Faults withErrorBurst(int value) {
        return new Faults(delayBefore, latency, errorShare, value, errorStatus, stripKeyHeader, truncateBody,
                captivePage, lostShare, cachedFor, cachedAge, oddHeader);
    }

    public Faults withErrorStatus(int value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, value, stripKeyHeader, truncateBody,
                captivePage, lostShare, cachedFor, cachedAge, oddHeader);
    }

    public Faults withStripKeyHeader(boolean value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, errorStatus, value, truncateBody, captivePage,
                lostShare, cachedFor, cachedAge, oddHeader);
    }

    public Faults withTruncateBody(boolean value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, errorStatus, stripKeyHeader, value, captivePage,
                lostShare, cachedFor, cachedAge, oddHeader);
    }

    public Faults withCaptivePage(boolean value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                value, lostShare, cachedFor, cachedAge, oddHeader);
    }

    public Faults withLostShare(double value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                captivePage, value, cachedFor, cachedAge, oddHeader);
    }

    public Faults withCache(Duration keeps, boolean tellsAge) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                captivePage, lostShare, keeps, tellsAge, oddHeader);
    }

    public Faults withOddHeader(@Nullable OddHeader value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                captivePage, lostShare, cachedFor, cachedAge, value);
    }

    Optional<OddHeader> oddHeaders() {
        return Optional.ofNullable(oddHeader);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " " + share + " is not between 0 and 1");
        }
    }

    private static void requireDelay(String name, Duration delay) {
        requireNonNull(delay, name + " is null");
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " " + delay + " is not between zero and " + LONGEST);
        }
    }
}
