package io.keywane.config;

import io.keywane.engine.CalibrationSettings;

import java.time.Duration;

/** Reads {@code calibration}, of the file or of a key. */
final class CalibrationReader {
    private CalibrationReader() {}

    /** Reads a section; what it lacks is as in {@code defaults}. */
    static Field<CalibrationSettings> read(YamlSection section, CalibrationSettings defaults) {
        Field<Boolean> enabled = section.flag("enabled").or(defaults.enabled());
        Field<Integer> maxRequests = section.count("max_requests").or(defaults.maxRequests());
        Field<Duration> maxTime = section.duration("max_time").or(defaults.maxTime());
        return section.build(() -> new CalibrationSettings(enabled.get(), maxRequests.get(), maxTime.get()));
    }
}
