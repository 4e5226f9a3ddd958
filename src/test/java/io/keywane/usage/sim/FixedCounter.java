package io.keywane.usage.sim;

/** A fixed window: all its requests leave together. */
final class FixedCounter extends Counter {
    private final boolean aligned;
    private double began = Double.NEGATIVE_INFINITY;
    private long own;
    private long foreign;

    /** @param aligned whether windows begin at whole multiples of their length, rather than with their first request */
    FixedCounter(double length, boolean aligned) {
        super(length);
        this.aligned = aligned;
    }

    private void turn(double now) {
        double present = aligned ? Math.floor(now / length) * length : began;
        if (aligned ? present != began : now >= began + length) {
            began = aligned ? present : Double.NEGATIVE_INFINITY;
            wipe();
        }
    }

    @Override
    void add(double now, boolean isForeign, long limit) {
        turn(now);
        if (began == Double.NEGATIVE_INFINITY) {
            began = now;
        }
        own += isForeign ? 0 : 1;
        foreign += isForeign ? 1 : 0;
    }

    @Override
    long used(double now, long limit) {
        turn(now);
        return own + foreign;
    }

    @Override
    long foreign(double now) {
        turn(now);
        return foreign;
    }

    @Override
    double reset(double now) {
        turn(now);
        return (began == Double.NEGATIVE_INFINITY ? now : began) + length;
    }

    @Override
    void wipe() {
        own = 0;
        foreign = 0;
    }
}
