package io.keywane.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is known of the windows that a key's requests are counted in, and how far their measuring has come.
 *
 * @param key the managed key
 * @param running whether a calibration is under way on one of its versions
 * @param versionBrief that version
 * @param began when it began
 * @param requests own requests of it so far
 * @param groups each limiter group: of the calibration that is under way, else of the latest
 * @param windows every window that is known
 */
public record CalibrationStatus(
        String key,
        boolean running,
        Optional<String> versionBrief,
        Optional<Instant> began,
        int requests,
        List<Group> groups,
        List<WindowStatus> windows) implements ControlResult {
    public CalibrationStatus {
        requireNonNull(key, "key is null");
        requireNonNull(versionBrief, "versionBrief is null");
        requireNonNull(began, "began is null");
        groups = List.copyOf(groups);
        windows = List.copyOf(windows);
    }

    /**
     * One group.
     *
     * @param group the limiter group
     * @param rounds rounds that are over, while it is measured
     * @param result the word how its calibration ended; empty before
     * @param resultSentence the same for people
     * @param advice what a person can do about it
     * @param ended when it ended
     * @param apart whether requests with another key were seen not to move the count: {@code yes} or {@code unknown}
     * @param countsMissing whether a request that is answered 404 counts: {@code yes}, {@code no} or {@code unknown}
     */
    public record Group(
            String group,
            int rounds,
            Optional<String> result,
            Optional<String> resultSentence,
            Optional<String> advice,
            Optional<Instant> ended,
            String apart,
            String countsMissing) {
        public Group {
            requireNonNull(group, "group is null");
            requireNonNull(result, "result is null");
            requireNonNull(resultSentence, "resultSentence is null");
            requireNonNull(advice, "advice is null");
            requireNonNull(ended, "ended is null");
            requireNonNull(apart, "apart is null");
            requireNonNull(countsMissing, "countsMissing is null");
        }
    }
}
