package io.keywane.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is known of one window of a limiter group.
 *
 * @param group the limiter group
 * @param limit the limit by which the headers show it
 * @param length the window
 * @param kind {@code rolling} or {@code fixed}
 * @param tolerance how much earlier or later than its length a request may leave it
 * @param countsAnswered whether Remaining counts the request that it answers
 * @param reset what Reset means
 * @param origin {@code declared} by the operator or {@code calibrated}
 * @param since when it was calibrated
 * @param contradictions how often keys in use contradicted it since
 * @param discredited whether it claims nothing until it is calibrated anew
 * @param declarationRefuted whether the configuration declares it otherwise
 */
public record WindowStatus(
        String group,
        long limit,
        Duration length,
        String kind,
        Duration tolerance,
        boolean countsAnswered,
        String reset,
        String origin,
        Optional<Instant> since,
        int contradictions,
        boolean discredited,
        boolean declarationRefuted) {
    public WindowStatus {
        requireNonNull(group, "group is null");
        requireNonNull(length, "length is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(tolerance, "tolerance is null");
        requireNonNull(reset, "reset is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(since, "since is null");
    }
}
