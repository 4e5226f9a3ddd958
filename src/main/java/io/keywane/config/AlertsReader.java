package io.keywane.config;

import io.keywane.alert.AlertThresholds;
import io.keywane.anomaly.SpikeThresholds;
import io.keywane.engine.AlertSettings;

import java.time.Duration;

/** Reads {@code alerts}. */
final class AlertsReader {
    private AlertsReader() {}

    static Field<AlertSettings> read(YamlSection section) {
        Field<Double> saturation = section.number("saturation").or(0.8);
        Field<Integer> staleIntervals = section.count("stale_intervals").or(3);
        Field<Duration> stuck = section.duration("rotation_stuck").or(Duration.ofHours(1));
        Field<Duration> pending = section.duration("revocation_pending").or(Duration.ofDays(7));
        Field<SpikeThresholds> spikes = spikes(section.section("spike"));
        return section.build(() -> new AlertSettings(
                new AlertThresholds(saturation.get(), staleIntervals.get(), stuck.get(), pending.get()), spikes.get()));
    }

    private static Field<SpikeThresholds> spikes(YamlSection section) {
        Field<Double> factor = section.number("factor").or(3.0);
        Field<Double> floor = section.number("floor_per_minute").or(30.0);
        Field<Duration> baseline = section.duration("baseline").or(Duration.ofHours(24));
        Field<Duration> lag = section.duration("lag").or(Duration.ofHours(1));
        return section.build(() -> new SpikeThresholds(factor.get(), floor.get(), baseline.get(), lag.get()));
    }
}
