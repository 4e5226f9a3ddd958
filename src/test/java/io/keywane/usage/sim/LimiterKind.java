package io.keywane.usage.sim;

/** The kinds of limiter in the wild that scenarios draw from. */
enum LimiterKind {
    /** A log of requests; each leaves one window after it came. */
    ROLLING_LOG("rolling, exact"),
    /** Counts in buckets of a sixth of the window, and drops a bucket when its first request is due to leave. */
    ROLLING_BUCKETS_EARLY("rolling in buckets, dropped early"),
    /** The same, and drops a bucket when its last request is due to leave. */
    ROLLING_BUCKETS_LATE("rolling in buckets, dropped late"),
    /** All leave together, at whole multiples of the window. */
    FIXED_ALIGNED("fixed, aligned"),
    /** All leave together, one window after the first. */
    FIXED_FROM_FIRST("fixed, from the first request"),
    /** A leaky bucket: Remaining grows back evenly. */
    GCRA("smoothed (GCRA)"),
    /** The present fixed window plus a share of the former one. */
    WEIGHTED("weighted pair of fixed windows");

    private final String words;

    LimiterKind(String words) {
        this.words = words;
    }

    boolean isRolling() {
        return isExact() || isBuckets();
    }

    boolean isExact() {
        return this == ROLLING_LOG;
    }

    boolean isBuckets() {
        return this == ROLLING_BUCKETS_EARLY || this == ROLLING_BUCKETS_LATE;
    }

    boolean isFixed() {
        return this == FIXED_ALIGNED || this == FIXED_FROM_FIRST;
    }

    @Override
    public String toString() {
        return words;
    }
}
