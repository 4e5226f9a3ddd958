package io.keywane.demo;

import java.time.Duration;

/**
 * How the demonstration is run.
 *
 * @param consumers how many programs use the key, 1 to 10
 * @param rate requests a second of each, above 0
 * @param keep whether the folder with logs and state stays
 */
record DemoSettings(int consumers, double rate, boolean keep) {
    static final Duration LONGEST = Duration.ofMinutes(4);
    /** A whole window of the old key's load, and time to sample it. */
    static final Duration BASELINE = Duration.ofSeconds(25);
    private static final int MOST_CONSUMERS = 10;
    /** What leaves the API's limiters room for all traffic on one key. */
    private static final double HIGHEST_TOTAL = 40;

    DemoSettings {
        if (consumers < 1 || consumers > MOST_CONSUMERS) {
            throw new IllegalArgumentException("--consumers must be from 1 to " + MOST_CONSUMERS);
        }
        if (!(rate >= 0.5 && rate * consumers <= HIGHEST_TOTAL)) {
            throw new IllegalArgumentException("--rate must be at least 0.5, and all consumers together at most "
                    + (int) HIGHEST_TOTAL + " requests a second");
        }
    }

    /** From one request of a consumer to its next. */
    Duration interval() {
        return Duration.ofNanos(Math.round(1e9 / rate));
    }
}
