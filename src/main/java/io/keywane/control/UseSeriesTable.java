package io.keywane.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Others' use of one key step by step, over all versions and groups, with what was usual.
 *
 * @param key the managed key
 * @param step length of a step
 * @param points in the order of time
 * @param incidents those that began in that time or were open in it
 */
public record UseSeriesTable(String key, Duration step, List<Point> points, List<Incident> incidents)
        implements
            ControlResult {
    public UseSeriesTable {
        requireNonNull(key, "key is null");
        requireNonNull(step, "step is null");
        points = List.copyOf(points);
        incidents = List.copyOf(incidents);
    }

    /**
     * One step.
     *
     * @param from its begin
     * @param requests of others; empty where too little was observed
     * @param low the least that is usual then, {@code expected} the most usual, {@code high} the most; empty where unknown
     */
    public record Point(
            Instant from,
            Optional<Double> requests,
            Optional<Double> low,
            Optional<Double> expected,
            Optional<Double> high) {
        public Point {
            requireNonNull(from, "from is null");
            requireNonNull(requests, "requests is null");
            requireNonNull(low, "low is null");
            requireNonNull(expected, "expected is null");
            requireNonNull(high, "high is null");
        }
    }

    /**
     * One incident in the use of a key.
     *
     * @param id by which {@code keywane alerts show} finds it
     * @param alert its alert's name
     * @param kind what is unusual, from a closed list
     * @param onset when it began, {@code detected} when it was seen, {@code resolved} when it was over
     * @param expected requests a step that would have been usual, {@code actual} those that were seen
     * @param ratio how many times the expected; empty where nothing was expected
     * @param confidence 0 to 1
     */
    public record Incident(
            String id,
            String alert,
            String kind,
            Instant onset,
            Instant detected,
            Optional<Instant> resolved,
            double expected,
            double actual,
            Optional<Double> ratio,
            double confidence) {
        public Incident {
            requireNonNull(id, "id is null");
            requireNonNull(alert, "alert is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(onset, "onset is null");
            requireNonNull(detected, "detected is null");
            requireNonNull(resolved, "resolved is null");
            requireNonNull(ratio, "ratio is null");
        }
    }
}
