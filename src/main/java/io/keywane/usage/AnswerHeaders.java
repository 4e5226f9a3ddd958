package io.keywane.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What the headers of one answer say, once read; nothing reads headers again.
 *
 * @param rateLimit the reading of the shown window; empty if {@code fault} says why not
 * @param fault why there is no reading
 * @param deducted credits that the request cost, if stated
 * @param balance credits left in the wallet, if stated
 * @param date the server's clock, whole seconds
 * @param retryAfter how long the server asks us to wait
 */
public record AnswerHeaders(
        Optional<RateLimitReading> rateLimit,
        Optional<HeaderFault> fault,
        OptionalLong deducted,
        OptionalLong balance,
        Optional<Instant> date,
        Optional<Duration> retryAfter) {
    /** An answer whose headers say nothing. */
    public static final AnswerHeaders NONE = new AnswerHeaders(Optional.empty(), Optional.of(HeaderFault.MISSING),
            OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());

    public AnswerHeaders {
        requireNonNull(rateLimit, "rateLimit is null");
        requireNonNull(fault, "fault is null");
        requireNonNull(deducted, "deducted is null");
        requireNonNull(balance, "balance is null");
        requireNonNull(date, "date is null");
        requireNonNull(retryAfter, "retryAfter is null");
        if (rateLimit.isPresent() == fault.isPresent()) {
            throw new IllegalArgumentException("headers have either a rate limit or a fault");
        }
    }
}
