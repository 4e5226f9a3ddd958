package io.keywane.daemon;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** The histogram of probe durations, one series for each limiter group. Not thread-safe. */
final class ProbeDurations {
    private static final Duration[] BUCKETS = LongStream
            .of(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000).mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<String, Timer> timers = new HashMap<>();

    ProbeDurations(MeterRegistry registry) {
        this.registry = registry;
    }

    void configure(Set<String> groups) {
        timers.entrySet().removeIf(entry -> {
            if (groups.contains(entry.getKey())) {
                return false;
            }
            registry.remove(entry.getValue());
            return true;
        });
        groups.forEach(group -> timers.computeIfAbsent(group, this::register));
    }

    void record(String group, Duration duration) {
        Timer timer = timers.get(group);
        if (timer != null) {
            timer.record(duration);
        }
    }

    private Timer register(String group) {
        return Timer.builder(Metric.PROBE_DURATION.baseName()).description(Metric.PROBE_DURATION.help())
                .tag("group", group).serviceLevelObjectives(BUCKETS).register(registry);
    }
}
