package io.keywane.usage.sim;

/**
 * How one window of a limiter counts. Times are seconds on the server's own clock.
 */
abstract class Counter {
    /** The number that {@link #foreign} gives where a counter does not know single requests. */
    static final long SMOOTHED = -1;

    final double length;

    Counter(double length) {
        this.length = length;
    }

    abstract void add(double now, boolean foreign, long limit);

    /** The requests that the window counts now. */
    abstract long used(double now, long limit);

    /** How many of them are somebody else's; {@link #SMOOTHED} where that cannot be told. */
    abstract long foreign(double now);

    /** When the window resets, where Reset follows from what is counted. */
    abstract double reset(double now);

    abstract void wipe();

    /** A counter of a kind. */
    static Counter of(LimiterKind kind, double length) {
        return switch (kind) {
            case ROLLING_LOG -> new RollingCounter(length, 0, 0);
            case ROLLING_BUCKETS_EARLY -> new RollingCounter(length, length / 6, 6);
            case ROLLING_BUCKETS_LATE -> new RollingCounter(length, length / 6, 7);
            case FIXED_ALIGNED -> new FixedCounter(length, true);
            case FIXED_FROM_FIRST -> new FixedCounter(length, false);
            case GCRA -> new GcraCounter(length);
            case WEIGHTED -> new WeightedCounter(length);
        };
    }
}
