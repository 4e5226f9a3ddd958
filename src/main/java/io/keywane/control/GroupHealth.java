package io.keywane.control;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How a key version fares in one limiter group, by its probes.
 *
 * @param group name of the limiter
 * @param lastOutcome what the last probe said, lower case ({@code valid}, {@code rejected}, ...)
 * @param lastFailure why the last outcome is unknown, if it is
 * @param lastProbe when the last probe ended
 * @param lastSuccess when the API last accepted the key
 * @param limit requests allowed in the window shown
 * @param remaining requests left in it
 * @param saturation share of the limit that is used, 0 to 1
 */
public record GroupHealth(
        String group,
        Optional<String> lastOutcome,
        Optional<String> lastFailure,
        Optional<Instant> lastProbe,
        Optional<Instant> lastSuccess,
        Optional<Long> limit,
        Optional<Long> remaining,
        Optional<Double> saturation) {
    public GroupHealth {
        requireNonNull(group, "group is null");
        requireNonNull(lastOutcome, "lastOutcome is null");
        requireNonNull(lastFailure, "lastFailure is null");
        requireNonNull(lastProbe, "lastProbe is null");
        requireNonNull(lastSuccess, "lastSuccess is null");
        requireNonNull(limit, "limit is null");
        requireNonNull(remaining, "remaining is null");
        requireNonNull(saturation, "saturation is null");
    }
}
