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
 * @param oddHeader how the rate-limit and credit headers are spoilt, or null
 */
public record Faults(Duration delayBefore, Duration latency, double errorShare, int errorBurst, int errorStatus,
        boolean stripKeyHeader, boolean truncateBody, boolean captivePage, @Nullable OddHeader oddHeader) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(Duration.ZERO, Duration.ZERO, 0, 0, 503, false, false, false, null);

    public Faults {
        requireDelay("delayBefore", delayBefore);
        requireDelay("latency", latency);
        if (!(errorShare >= 0 && errorShare <= 1)) {
            throw new IllegalArgumentException("error share " + errorShare + " is not between 0 and 1");
        }
        if (errorBurst < 0) {
            throw new IllegalArgumentException("error burst " + errorBurst + " is negative");
        }
        if (errorStatus < 500 || errorStatus > 599) {
            throw new IllegalArgumentException("error status " + errorStatus + " is not a 5xx status");
        }
    }

    public Faults withDelayBefore(Duration value) {
        return new Faults(value, latency, errorShare, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                captivePage, oddHeader);
    }

    public Faults withLatency(Duration value) {
        return new Faults(delayBefore, value, errorShare, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                captivePage, oddHeader);
    }

    public Faults withErrorShare(double value) {
        return new Faults(delayBefore, latency, value, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                captivePage, oddHeader);
    }

    public Faults withErrorBurst(int value) {
        return new Faults(delayBefore, latency, errorShare, value, errorStatus, stripKeyHeader, truncateBody,
                captivePage, oddHeader);
    }

    public Faults withErrorStatus(int value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, value, stripKeyHeader, truncateBody,
                captivePage, oddHeader);
    }

    public Faults withStripKeyHeader(boolean value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, errorStatus, value, truncateBody, captivePage,
                oddHeader);
    }

    public Faults withTruncateBody(boolean value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, errorStatus, stripKeyHeader, value,
                captivePage, oddHeader);
    }

    public Faults withCaptivePage(boolean value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                value, oddHeader);
    }

    public Faults withOddHeader(@Nullable OddHeader value) {
        return new Faults(delayBefore, latency, errorShare, errorBurst, errorStatus, stripKeyHeader, truncateBody,
                captivePage, value);
    }

    Optional<OddHeader> oddHeaders() {
        return Optional.ofNullable(oddHeader);
    }

    private static void requireDelay(String name, Duration delay) {
        requireNonNull(delay, name + " is null");
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " " + delay + " is not between zero and " + LONGEST);
        }
    }
}
