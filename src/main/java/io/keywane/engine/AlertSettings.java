package io.keywane.engine;

import io.keywane.alert.AlertThresholds;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * When alerts fire.
 *
 * @param calm how long use must be usual again until an incident is over
 */
public record AlertSettings(AlertThresholds thresholds, Duration calm) {
    public AlertSettings {
        requireNonNull(thresholds, "thresholds is null");
        requireNonNull(calm, "calm is null");
        if (calm.isNegative()) {
            throw new IllegalArgumentException("calm must not be negative");
        }
    }
}
