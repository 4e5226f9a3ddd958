package io.keywane.usage.sim;

/** The approximation of a rolling window by two fixed ones: the present, and the share of the former that still overlaps. */
final class WeightedCounter extends Counter {
    private double window = Double.NEGATIVE_INFINITY;
    private long present;
    private long former;

    WeightedCounter(double length) {
        super(length);
    }

    private void turn(double now) {
        double current = Math.floor(now / length);
        if (current != window) {
            former = current == window + 1 ? present : 0;
            present = 0;
            window = current;
        }
    }

    @Override
    void add(double now, boolean foreign, long limit) {
        turn(now);
        present++;
    }

    @Override
    long used(double now, long limit) {
        turn(now);
        double passed = now / length - window;
        return Math.min(limit, (long) Math.floor(former * (1 - passed) + present));
    }

    @Override
    long foreign(double now) {
        return SMOOTHED;
    }

    @Override
    double reset(double now) {
        turn(now);
        return (window + 1) * length;
    }

    @Override
    void wipe() {
        present = 0;
        former = 0;
    }
}
