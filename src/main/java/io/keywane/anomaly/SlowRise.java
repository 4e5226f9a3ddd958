package io.keywane.anomaly;

import java.nio.ByteBuffer;

/** Whether a flow has risen over a day or more, against the same times before: too slow to be seen in an hour. */
final class SlowRise {
    private static final double MEMORY_HOURS = 25;
    private static final double ALARM = 2;
    private static final double LEAST_RATIO = 1.12;
    /** Counts that must be expected in the memory before anything is said. */
    private static final double LEAST_COUNT = 60;
    /** How much of the memory must be filled. */
    private static final double LEAST_FILLED = 0.6;
    private static final double PRIOR = 0.07 * 0.07;
    private static final double PRIOR_WEIGHT = 12;
    private static final double FORGETTING = 0.98;
    private static final long LEARN_SECONDS = 6 * 3_600L;
    /** A sample counts at most so many times its upper expectation. */
    private static final double CLIP = 3;

    private double count;
    private double expected;
    private double filled;
    private double square;
    private double squares;
    private long learnt = -1;

    /** Takes in a sample that is part of no incident. */
    void add(long second, double samplesPerHour, double value, WeekProfile profile) {
        if (Double.isNaN(profile.before())) {
            return;
        }
        double kept = kept(samplesPerHour);
        count = count * kept + Math.min(value, CLIP * Math.max(profile.upper(), 1));
        expected = expected * kept + profile.before();
        long now = Math.floorDiv(second, LEARN_SECONDS);
        if (now != learnt) {
            learnt = now;
            if (filled > LEAST_FILLED) {
                square = square * FORGETTING + Math.min(logRatio() * logRatio(), 0.09);
                squares = squares * FORGETTING + 1;
            }
        }
        filled = filled * kept + 1 - kept;
    }

    private static double kept(double samplesPerHour) {
        return Math.pow(0.5, 1 / (MEMORY_HOURS * samplesPerHour));
    }

    /** What was usual for one sample, over the memory. */
    double usual(double samplesPerHour) {
        return expected * (1 - kept(samplesPerHour)) / filled;
    }

    private double logRatio() {
        return Math.log((count + 1) / (expected + 1));
    }

    /** The evidence as a multiple of what makes an alarm; 0 where there is none. */
    double strength() {
        if (filled < LEAST_FILLED || expected < LEAST_COUNT || ratio() < LEAST_RATIO) {
            return 0;
        }
        double variance = (square + PRIOR_WEIGHT * PRIOR) / (squares + PRIOR_WEIGHT) + 1 / expected;
        return logRatio() / Math.sqrt(variance) / ALARM;
    }

    double ratio() {
        return (count + 1) / (expected + 1);
    }

    void clear() {
        count = 0;
        expected = 0;
        filled = 0;
    }

    void write(ByteBuffer buffer) {
        buffer.putDouble(count).putDouble(expected).putDouble(filled).putDouble(square).putDouble(squares)
                .putLong(learnt);
    }

    void read(ByteBuffer buffer) {
        count = buffer.getDouble();
        expected = buffer.getDouble();
        filled = buffer.getDouble();
        square = buffer.getDouble();
        squares = buffer.getDouble();
        learnt = buffer.getLong();
    }
}
