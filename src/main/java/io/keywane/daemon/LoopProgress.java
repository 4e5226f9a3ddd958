package io.keywane.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * When each loop last finished a round. Whether one hangs is told by a clock that nobody can set; the wall clock is for
 * people. Safe for use by several threads.
 */
final class LoopProgress {
    /** A loop without a round for so long, beyond its period, is taken for hung. */
    private static final Duration HUNG = Duration.ofSeconds(60);

    private final InstantSource wall;
    private final LongSupplier nanoseconds;
    private final Map<String, Duration> periods = new ConcurrentHashMap<>();
    private final Map<String, Round> rounds = new ConcurrentHashMap<>();

    private record Round(Instant at, long nanoseconds) {}

    LoopProgress(InstantSource wall, LongSupplier nanoseconds) {
        this.wall = wall;
        this.nanoseconds = nanoseconds;
    }

    /** A loop begins; it has a whole period for its first round. */
    void begin(String loop, Duration period) {
        periods.put(loop, period);
        done(loop);
    }

    void done(String loop) {
        rounds.put(loop, new Round(wall.instant(), nanoseconds.getAsLong()));
    }

    /** When each loop last finished a round. */
    Map<String, Instant> times() {
        return rounds.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().at()));
    }

    /** Whether every loop makes progress. */
    boolean isHealthy() {
        long now = nanoseconds.getAsLong();
        return rounds.entrySet().stream().allMatch(e -> {
            Duration allowed = HUNG.plus(periods.getOrDefault(e.getKey(), Duration.ZERO));
            return Duration.ofNanos(now - e.getValue().nanoseconds()).compareTo(allowed) < 0;
        });
    }
}
