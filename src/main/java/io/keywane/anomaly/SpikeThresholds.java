package io.keywane.anomaly;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * When a key's use counts as a spike.
 *
 * @param factor how many times the baseline rate it must reach, above 1
 * @param floorPerMinute requests a minute below which nothing is a spike, above 0
 * @param baseline how far back the baseline remembers (its half-life)
 * @param lag how old a sample must be before it enters the baseline, so that a spike does not excuse itself
 */
public record SpikeThresholds(double factor, double floorPerMinute, Duration baseline, Duration lag) {
    public SpikeThresholds {
        requireNonNull(baseline, "baseline is null");
        requireNonNull(lag, "lag is null");
        if (!(factor > 1)) {
            throw new IllegalArgumentException("factor must be above 1");
        }
        if (!(floorPerMinute > 0)) {
            throw new IllegalArgumentException("floor_per_minute must be above 0");
        }
        if (baseline.isNegative() || baseline.isZero() || lag.isNegative()) {
            throw new IllegalArgumentException("baseline must be above 0 and lag must not be negative");
        }
    }
}
