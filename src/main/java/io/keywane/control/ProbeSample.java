package io.keywane.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What one probe brought back.
 *
 * @param versionBrief the key version it carried
 * @param group the limiter that counts it
 * @param kind {@code liveness}, {@code balance} or {@code control}
 * @param at when it was sent
 * @param duration until the answer was complete, or the wait for it ended
 * @param status the HTTP status; empty without an answer
 * @param outcome what it says of the key, lower case
 * @param failure why the outcome is unknown, if it is
 * @param limit requests allowed in the window shown
 * @param remaining requests left in it
 * @param reset when the window resets
 * @param balance credits in the wallet
 * @param deducted credits that the probe cost
 */
public record ProbeSample(
        String versionBrief,
        String group,
        String kind,
        Instant at,
        Duration duration,
        Optional<Integer> status,
        String outcome,
        Optional<String> failure,
        Optional<Long> limit,
        Optional<Long> remaining,
        Optional<Instant> reset,
        Optional<Long> balance,
        Optional<Long> deducted) {
    public ProbeSample {
        requireNonNull(versionBrief, "versionBrief is null");
        requireNonNull(group, "group is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(at, "at is null");
        requireNonNull(duration, "duration is null");
        requireNonNull(status, "status is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(failure, "failure is null");
        requireNonNull(limit, "limit is null");
        requireNonNull(remaining, "remaining is null");
        requireNonNull(reset, "reset is null");
        requireNonNull(balance, "balance is null");
        requireNonNull(deducted, "deducted is null");
    }
}
