package io.keywane.config;

import io.keywane.alert.AlertThresholds;
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
        Field<Duration> calm = section.duration("calm").or(Duration.ofMinutes(10));
        return section.build(() -> new AlertSettings(
                new AlertThresholds(saturation.get(), staleIntervals.get(), stuck.get(), pending.get()), calm.get()));
    }
}
