package io.keywane.anomaly;

import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells when a key is used much more than it used to be: streaming, causal, with a baseline that a spike cannot raise.
 *
 * <p>A point is a spike if its rate is certainly above both a floor and a multiple of the baseline. The baseline is a mean
 * that fades by a half-life; a point enters it only after a lag, and never if it was a spike. Before there is a baseline
 * the floor alone decides, multiplied like the baseline would be. A spike ends below three quarters of the threshold, so
 * that one incident is one alert.
 */
public final class SpikeDetector {
    private static final double HYSTERESIS = 0.75;

    private final SpikeThresholds thresholds;
    private final Deque<Point> waiting = new ArrayDeque<>();
    private @Nullable Moment learnt;
    private double baseline;
    private boolean spiking;

    private record Point(Moment at, double rate) {}

    public SpikeDetector(SpikeThresholds thresholds) {
        this.thresholds = thresholds;
    }

    /**
     * Judges the next point.
     *
     * @param at when it was seen; later than the former one
     * @param perMinute the least requests a minute of others that it shows
     */
    public SpikeVerdict observe(Moment at, double perMinute) {
        learnUpTo(at);
        double threshold = Math.max(thresholds.floorPerMinute(), baseline * thresholds.factor());
        if (learnt == null) {
            threshold = thresholds.floorPerMinute() * thresholds.factor();
        }
        spiking = perMinute >= (spiking ? threshold * HYSTERESIS : threshold);
        if (!spiking) {
            waiting.add(new Point(at, perMinute));
        }
        return new SpikeVerdict(spiking, perMinute, baseline, threshold);
    }

    private void learnUpTo(Moment now) {
        Point oldest = waiting.peek();
        while (oldest != null && now.isAtLeastAfter(oldest.at(), thresholds.lag())) {
            learn(oldest);
            waiting.remove();
            oldest = waiting.peek();
        }
    }

    private void learn(Point point) {
        Moment before = learnt;
        learnt = point.at();
        if (before == null) {
            baseline = point.rate();
            return;
        }
        Duration elapsed = point.at().elapsedSince(before).orElse(Duration.ZERO);
        double kept = Math.pow(0.5, (double) elapsed.toNanos() / thresholds.baseline().toNanos());
        baseline = baseline * kept + point.rate() * (1 - kept);
    }
}
