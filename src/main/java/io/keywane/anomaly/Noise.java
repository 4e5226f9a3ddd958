package io.keywane.anomaly;

import java.nio.ByteBuffer;

/**
 * How much a flow of counts varies about what is expected, beyond what counting alone makes it vary.
 *
 * <p>Two parts, both as squares of shares of the expected: one from sample to sample, which averages out, and one that
 * lasts for hours. A sum of {@code h} samples with expectation {@code m} has the variance {@code m + v m^2}, with
 * {@code v = quick / h + lasting}.
 */
final class Noise {
    private static final double QUICK_MEMORY = Math.pow(0.5, 1 / 5_000.0);
    private static final double LASTING_MEMORY = Math.pow(0.5, 1 / 480.0);
    private static final double QUICK_PRIOR = 0.15;
    private static final double QUICK_PRIOR_WEIGHT = 100;
    private static final double QUICK_LEAST = 0.002;
    private static final double LASTING_PRIOR = 0.15 * 0.15;
    private static final double LASTING_PRIOR_WEIGHT = 2;
    private static final double LASTING_LEAST = 0.08 * 0.08;
    /** A quarter of an hour that is farther off than this share counts as so far off: it is no noise. */
    private static final double FARTHEST = 0.5;
    /** While less than a week is known, hours may differ from yesterday's by so much. */
    private static final double YOUNG = 0.5 * 0.5;

    private double quickSum;
    private double quickWeight;
    private double lastingSum;
    private double lastingWeight;

    void learnPair(double one, double next) {
        double mean = (one + next) / 2;
        if (mean <= 0) {
            return;
        }
        double variance = Math.min((next - one) * (next - one) / 2, mean + mean * mean);
        quickSum = quickSum * QUICK_MEMORY + variance - mean;
        quickWeight = quickWeight * QUICK_MEMORY + mean * mean;
    }

    void learnSlot(double sum, double expected, int samples) {
        double square = expected * expected;
        double off = Math.min((sum - expected) * (sum - expected), FARTHEST * FARTHEST * square);
        lastingSum = lastingSum * LASTING_MEMORY + off - expected - quick() / samples * square;
        lastingWeight = lastingWeight * LASTING_MEMORY + square;
    }

    double quick() {
        return Math.max(QUICK_LEAST,
                (quickSum + QUICK_PRIOR_WEIGHT * QUICK_PRIOR) / (quickWeight + QUICK_PRIOR_WEIGHT));
    }

    double lasting(boolean young) {
        double share = (lastingSum + LASTING_PRIOR_WEIGHT * LASTING_PRIOR) / (lastingWeight + LASTING_PRIOR_WEIGHT);
        return Math.max(LASTING_LEAST, share) + (young ? YOUNG : 0);
    }

    /**
     * By how many standard deviations a count differs from its expectation, by the deviance of the negative binomial
     * distribution, which holds for small counts too. Negative where the count is below.
     */
    static double deviation(double count, double expected, double spread) {
        double half = count <= 0
                ? Math.log1p(spread * expected) / spread
                : count * Math.log(count / expected)
                        - (count + 1 / spread) * Math.log((1 + spread * count) / (1 + spread * expected));
        double deviation = Math.sqrt(Math.max(0, 2 * half));
        return count >= expected ? deviation : -deviation;
    }

    void write(ByteBuffer buffer) {
        buffer.putDouble(quickSum).putDouble(quickWeight).putDouble(lastingSum).putDouble(lastingWeight);
    }

    void read(ByteBuffer buffer) {
        quickSum = buffer.getDouble();
        quickWeight = buffer.getDouble();
        lastingSum = buffer.getDouble();
        lastingWeight = buffer.getDouble();
    }
}
