package io.keywane.usage.sim;

/** The generic cell rate algorithm with a burst of the whole limit: what is used drains away evenly. */
final class GcraCounter extends Counter {
    private double emptyAt = Double.NEGATIVE_INFINITY;

    GcraCounter(double length) {
        super(length);
    }

    @Override
    void add(double now, boolean foreign, long limit) {
        emptyAt = Math.max(emptyAt, now) + length / limit;
    }

    @Override
    long used(double now, long limit) {
        double left = Math.max(0, emptyAt - now) * limit / length;
        return Math.min(limit, (long) Math.ceil(left - 1e-9));
    }

    @Override
    long foreign(double now) {
        return SMOOTHED;
    }

    @Override
    double reset(double now) {
        return Math.max(now, emptyAt);
    }

    @Override
    void wipe() {
        emptyAt = Double.NEGATIVE_INFINITY;
    }
}
