package io.keywane.demo;

import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTest {
    @Test
    void phases_timeline_followOneAnotherWithoutGap() {
        Timeline.Phases phases = Summaries.timeline(70).phases();

        assertThat(phases).isEqualTo(new Timeline.Phases(Duration.ofSeconds(5), Duration.ofSeconds(25),
                Duration.ofSeconds(4), Duration.ofSeconds(18), Duration.ofSeconds(18), Duration.ofSeconds(10)));
    }
}
