package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.Calibration;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.PlanBook;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * What is known of the windows that a key's requests are counted in, and how far their measuring has come.
 *
 * @param running the calibration that is under way, if one is
 * @param books what is known, by group
 */
public record CalibrationReport(Optional<Running> running, Map<LimiterGroup, PlanBook> books) {
    public CalibrationReport {
        requireNonNull(running, "running is null");
        books = Map.copyOf(books);
    }

    /**
     * A calibration that is under way.
     *
     * @param version what it is made on
     * @param began when it began
     * @param requests own requests so far
     * @param rounds rounds that are over, by group
     * @param results how the groups that are done ended
     */
    public record Running(
            VersionId version,
            Moment began,
            int requests,
            Map<LimiterGroup, Integer> rounds,
            Map<LimiterGroup, Calibration> results) {
        public Running {
            requireNonNull(version, "version is null");
            requireNonNull(began, "began is null");
            rounds = Map.copyOf(rounds);
            results = Map.copyOf(results);
        }
    }

    static CalibrationReport of(KeyWatcher watcher, ProviderProfile profile, WindowBooks books) {
        Map<LimiterGroup, PlanBook> known = new TreeMap<>();
        profile.groupNames().forEach(group -> known.put(group, books.of(watcher.settings().organisation(), group)));
        return new CalibrationReport(watcher.calibration().map(CalibrationRun::report), known);
    }
}
