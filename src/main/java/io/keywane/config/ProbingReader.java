package io.keywane.config;

import io.keywane.engine.ProbingSettings;

import java.time.Duration;

/** Reads {@code probing}. */
final class ProbingReader {
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Duration BALANCE_INTERVAL = Duration.ofHours(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);

    private ProbingReader() {}

    static Field<ProbingSettings> read(YamlSection section) {
        Field<Duration> interval = section.duration("interval").or(INTERVAL);
        Field<Duration> balanceInterval = section.duration("balance_interval").or(BALANCE_INTERVAL);
        Field<Duration> timeout = section.duration("timeout").or(timeoutFor(interval));
        Field<Integer> shards = section.count("shards").or(4);
        Field<Integer> concurrency = section.count("concurrency").or(16);
        Field<Long> creditsPerDay = section.integer("credits_per_day").or(100L);
        Field<Double> shareOfLimit = section.number("share_of_limit").or(0.1);
        return section.build(() -> new ProbingSettings(interval.get(), balanceInterval.get(), timeout.get(),
                shards.get(), concurrency.get(), creditsPerDay.get(), shareOfLimit.get()));
    }

    /** The longest that the interval allows, up to ten seconds. */
    private static Duration timeoutFor(Field<Duration> interval) {
        Duration half = (interval.isPresent() ? interval.get() : INTERVAL).dividedBy(2);
        return half.compareTo(LONGEST_TIMEOUT) < 0 ? half : LONGEST_TIMEOUT;
    }
}
