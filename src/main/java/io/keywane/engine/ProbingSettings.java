package io.keywane.engine;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * How the API is probed.
 *
 * @param interval the liveness probes' period for each key and group; a draining key may be probed more often
 * @param balanceInterval the balance probe's period for each organisation
 * @param timeout how long an answer is waited for, at most half of {@code interval}
 * @param shards how many groups of keys have a trigger of their own
 * @param concurrency how many probes may be under way at once
 * @param creditsPerDay credits that our own probes may cost an organisation in 24 hours
 * @param shareOfLimit share of a key's rate limit that our own probes may use, above 0 up to 1
 */
public record ProbingSettings(
        Duration interval,
        Duration balanceInterval,
        Duration timeout,
        int shards,
        int concurrency,
        long creditsPerDay,
        double shareOfLimit) {
    public ProbingSettings {
        requireNonNull(interval, "interval is null");
        requireNonNull(balanceInterval, "balanceInterval is null");
        requireNonNull(timeout, "timeout is null");
        if (interval.compareTo(Duration.ofSeconds(1)) < 0 || balanceInterval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("interval and balance_interval must be at least 1s");
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.multipliedBy(2).compareTo(interval) > 0) {
            throw new IllegalArgumentException("timeout must be above 0 and at most half of interval");
        }
        if (shards < 1 || shards > 1_000 || concurrency < 1 || concurrency > 1_000) {
            throw new IllegalArgumentException("shards and concurrency must be from 1 to 1000");
        }
        if (creditsPerDay < 0) {
            throw new IllegalArgumentException("credits_per_day must not be negative");
        }
        if (!(shareOfLimit > 0 && shareOfLimit <= 1)) {
            throw new IllegalArgumentException("share_of_limit must be above 0 and at most 1");
        }
    }
}
