package io.keywane.engine;

import io.keywane.alert.AlertThresholds;
import io.keywane.anomaly.SpikeThresholds;

import static java.util.Objects.requireNonNull;

/** When alerts fire. */
public record AlertSettings(AlertThresholds thresholds, SpikeThresholds spikes) {
    public AlertSettings {
        requireNonNull(thresholds, "thresholds is null");
        requireNonNull(spikes, "spikes is null");
    }
}
