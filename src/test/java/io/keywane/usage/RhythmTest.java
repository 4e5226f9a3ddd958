package io.keywane.usage;

import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

import static io.keywane.usage.UsePoints.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RhythmTest {
    private static final Rhythm DAILY = new Rhythm(EnumSet.allOf(DayOfWeek.class), 23, 2);

    @Test
    void run_atItsVeryBegin_isTheFirst() {
        Instant begin = MONDAY.plus(Duration.ofHours(23));

        assertThat(DAILY.beginOfRun(begin, 1)).isEqualTo(begin);
        assertThat(DAILY.beginOfRun(begin.plusNanos(1), 1)).isEqualTo(begin.plus(Duration.ofDays(1)));
    }

    @Test
    void run_endsAfterItsHours_alsoPastMidnight() {
        assertThat(DAILY.endOfRun(MONDAY, 1)).isEqualTo(MONDAY.plus(Duration.ofHours(25)));
        assertThat(DAILY.endOfRun(MONDAY, 3)).isEqualTo(MONDAY.plus(Duration.ofHours(73)));
    }

    @Test
    void run_onCertainDays_skipsTheOthers() {
        Rhythm rhythm = new Rhythm(Set.of(DayOfWeek.TUESDAY, DayOfWeek.FRIDAY), 6, 1);

        assertThat(rhythm.beginOfRun(MONDAY, 1)).isEqualTo(Instant.parse("2026-03-03T06:00:00Z"));
        assertThat(rhythm.beginOfRun(MONDAY, 2)).isEqualTo(Instant.parse("2026-03-06T06:00:00Z"));
        assertThat(rhythm.beginOfRun(MONDAY, 3)).isEqualTo(Instant.parse("2026-03-10T06:00:00Z"));
    }

    @Test
    void words_nameDaysAndHours() {
        assertThat(DAILY.words()).isEqualTo("daily at 23:00 UTC for 2 h");
        assertThat(new Rhythm(Set.of(DayOfWeek.FRIDAY, DayOfWeek.TUESDAY), 6, 1).words())
                .isEqualTo("on Tue, Fri at 06:00 UTC");
    }

    @Test
    void rhythm_withoutDaysOrOutOfTheDay_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rhythm(Set.of(), 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rhythm(Set.of(DayOfWeek.MONDAY), 24, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rhythm(Set.of(DayOfWeek.MONDAY), 2, 0));
    }
}
