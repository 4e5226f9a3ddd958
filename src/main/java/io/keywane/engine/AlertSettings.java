package io.keywane.engine;

import io.keywane.alert.AlertThresholds;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * When alerts fire.
 *
 * @param calm how long use must be usual again until an incident is over
 * @param push to where alerts are pushed
 */
public record AlertSettings(AlertThresholds thresholds, Duration calm, PushSettings push) {
    public AlertSettings {
        requireNonNull(thresholds, "thresholds is null");
        requireNonNull(calm, "calm is null");
        requireNonNull(push, "push is null");
        if (calm.isNegative()) {
            throw new IllegalArgumentException("calm must not be negative");
        }
    }

    /** With alerts pushed nowhere. */
    public AlertSettings(AlertThresholds thresholds, Duration calm) {
        this(thresholds, calm, PushSettings.NONE);
    }
}
