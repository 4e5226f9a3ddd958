package io.keywane.engine;

import io.keywane.anomaly.AnomalyDetector;
import io.keywane.anomaly.Band;
import io.keywane.usage.SeriesPoint;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UseSeries;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A key's series with what was usual at each step, made again from history: the detector is deterministic, so that nothing
 * more than the points need be kept.
 */
public final class UsePlot {
    /** The detector needs a week of the past to know what is usual. */
    private static final Duration LEARNT = Duration.ofDays(8);

    private UsePlot() {}

    /**
     * One step.
     *
     * @param usual what was usual then; empty where that was not known
     */
    public record Step(SeriesPoint point, Optional<Band> usual) {
        public Step {
            requireNonNull(point, "point is null");
            requireNonNull(usual, "usual is null");
        }
    }

    /** The steps that begin within a span; {@code history} has the key's points since {@link #needed}. */
    public static List<Step> of(List<UsagePoint> history, Duration step, Instant from, Instant to) {
        UseSeries series = new UseSeries(step);
        AnomalyDetector detector = new AnomalyDetector();
        List<Step> steps = new ArrayList<>();
        for (UsagePoint usage : history) {
            for (SeriesPoint point : series.take(usage)) {
                if (point.isObserved()) {
                    detector.observe(point.from(), point.count());
                }
                if (!point.from().isBefore(from) && point.from().isBefore(to)) {
                    steps.add(new Step(point, detector.usual()));
                }
            }
        }
        return steps;
    }

    /** From when on the points are needed for steps from a time on. */
    public static Instant needed(Instant from) {
        return from.minus(LEARNT);
    }
}
