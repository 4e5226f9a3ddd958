package io.keywane.daemon;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The most series that are shown at once, and the counter of those that are not.
 *
 * <p>Counters hold their places; gauges, which are made anew for each scrape, share what is left.
 */
final class SeriesCap {
    private final int limit;
    private final Counter dropped;
    private int held;

    SeriesCap(int limit, MeterRegistry registry) {
        if (limit < 1) {
            throw new IllegalArgumentException("the cap on series must be at least 1, is " + limit);
        }
        this.limit = limit;
        this.dropped = Counter.builder(Metric.SERIES_DROPPED.baseName()).description(Metric.SERIES_DROPPED.help())
                .register(registry);
    }

    /** Takes a place for a counter, or counts that there was none. */
    synchronized boolean hold() {
        if (held >= limit) {
            dropped.increment();
            return false;
        }
        held++;
        return true;
    }

    synchronized void release() {
        held--;
    }

    /** The places left for gauges. */
    synchronized int free() {
        return limit - held;
    }

    void drop(int series) {
        dropped.increment(series);
    }
}
