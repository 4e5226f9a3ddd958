package io.keywane.anomaly;

import java.nio.ByteBuffer;

/** Sums of the count and of its upper expectation over several spans, each fading: which span shows the clearest excess. */
final class Excess {
    private static final int SPANS = 4;
    /** Half-lives in samples: one sample alone, then some minutes, up to hours. */
    private static final double[] KEPT = {0, Math.pow(0.5, 1 / 3.0), Math.pow(0.5, 1 / 12.0), Math.pow(0.5, 1 / 45.0)};
    /** Standard deviations that make an alarm; a single sample has the most chances to be far out. */
    private static final double[] ALARM = {5, 4.5, 4.5, 4.5};
    /** Spans up to this one are judged against the busiest minutes of earlier days, the longer against the means. */
    private static final int LAST_OF_MINUTES = 1;
    private static final int CALM_SPAN = 2;
    /** An excess of a quarter, and of six counts, is the least that matters. */
    private static final double LEAST_RATIO = 1.25;
    private static final double LEAST_COUNT = 6;

    private final double[] count = new double[SPANS];
    private final double[] expected = new double[SPANS];
    private double strength;
    private int clearest;

    /** Takes in one sample and judges it. */
    void add(double value, WeekProfile profile, Noise noise, double lasting) {
        strength = 0;
        clearest = 0;
        double quick = noise.quick();
        for (int i = 0; i < SPANS; i++) {
            count[i] = KEPT[i] * count[i] + value;
            expected[i] = KEPT[i] * expected[i] + (i <= LAST_OF_MINUTES ? profile.upperPeak() : profile.upper());
            // A fading sum weighs like this many samples, each with this weight.
            double scale = 1 + KEPT[i];
            double samples = scale / (1 - KEPT[i]);
            double seen = count[i] * scale;
            double usual = expected[i] * scale;
            if (seen <= usual * LEAST_RATIO || seen - usual < LEAST_COUNT) {
                continue;
            }
            double here = Noise.deviation(seen, usual, quick / samples + lasting) / ALARM[i];
            if (here > strength) {
                strength = here;
                clearest = i;
            }
        }
    }

    /** The evidence as a multiple of what makes an alarm. */
    double strength() {
        return strength;
    }

    double ratio() {
        return count[clearest] / expected[clearest];
    }

    double actual() {
        return count[clearest] * (1 - KEPT[clearest]);
    }

    double usual() {
        return expected[clearest] * (1 - KEPT[clearest]);
    }

    boolean isCalm() {
        double scale = 1 + KEPT[CALM_SPAN];
        double usual = expected[CALM_SPAN] * scale;
        return count[CALM_SPAN] * scale <= Math.max(usual * 1.15, usual + LEAST_COUNT / 2);
    }

    /** An incident is over: what it left in the longer spans is forgotten. */
    void settle() {
        for (int i = 0; i < SPANS; i++) {
            count[i] = Math.min(count[i], expected[i]);
        }
    }

    void clear() {
        for (int i = 0; i < SPANS; i++) {
            count[i] = 0;
            expected[i] = 0;
        }
    }

    void write(ByteBuffer buffer) {
        for (int i = 0; i < SPANS; i++) {
            buffer.putDouble(count[i]).putDouble(expected[i]);
        }
    }

    void read(ByteBuffer buffer) {
        for (int i = 0; i < SPANS; i++) {
            count[i] = buffer.getDouble();
            expected[i] = buffer.getDouble();
        }
    }
}
