package io.keywane.daemon;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class LoopProgressTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private Instant wall = START;
    private Duration running = Duration.ofHours(5);
    private final LoopProgress progress = new LoopProgress(() -> wall, () -> running.toNanos());

    private void pass(Duration span) {
        wall = wall.plus(span);
        running = running.plus(span);
    }

    @Test
    void isHealthy_wallClockJumps_staysSo() {
        progress.begin("retention", DAY);
        wall = START.plus(Duration.ofDays(400));
        assertThat(progress.isHealthy()).isTrue();

        wall = START.minus(Duration.ofDays(400));
        assertThat(progress.isHealthy()).isTrue();
    }

    @Test
    void isHealthy_wallClockSetBackWhileALoopHangs_isNot() {
        progress.begin("step", Duration.ofMillis(500));
        pass(Duration.ofSeconds(61));
        wall = START;

        assertThat(progress.isHealthy()).isFalse();
    }

    @Test
    void isHealthy_oneLoopHangsForItsPeriodAndAMinute_isNot() {
        progress.begin("retention", DAY);
        progress.begin("step", Duration.ofSeconds(1));
        pass(Duration.ofSeconds(60));
        progress.done("step");
        assertThat(progress.isHealthy()).isTrue();

        pass(Duration.ofSeconds(61));
        assertThat(progress.isHealthy()).isFalse();

        progress.done("step");
        assertThat(progress.isHealthy()).isTrue();
        assertThat(progress.times()).isEqualTo(Map.of("retention", START, "step", START.plusSeconds(121)));

        pass(DAY.minusSeconds(61));
        progress.done("step");
        assertThat(progress.isHealthy()).as("a day and a minute without retention").isFalse();
    }
}
