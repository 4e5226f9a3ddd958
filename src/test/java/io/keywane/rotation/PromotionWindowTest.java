package io.keywane.rotation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PromotionWindowTest {
    /** 2026-03-02 is a Monday; Berlin is an hour ahead of UTC until 2026-03-29. */
    @ParameterizedTest
    @CsvSource({"2026-03-02T08:00:00Z,true", "2026-03-02T07:59:59Z,false", "2026-03-06T14:59:59Z,true",
        "2026-03-06T15:00:00Z,false", "2026-03-07T10:00:00Z,false"})
    void window_ofWorkdays_isOpenByItsOwnClock(Instant time, boolean open) {
        assertThat(PromotionWindow.parse("Mon-Fri 09:00-16:00 Europe/Berlin").contains(time)).isEqualTo(open);
    }

    @Test
    void window_overTheChangeToSummerTime_keepsItsClock() {
        PromotionWindow window = PromotionWindow.parse("Mon 09:00-10:00 Europe/Berlin");

        assertThat(window.contains(Instant.parse("2026-03-30T07:30:00Z"))).isTrue();
        assertThat(window.contains(Instant.parse("2026-03-30T08:30:00Z"))).isFalse();
    }

    @Test
    void window_acrossTheWeekend_goesRoundTheWeek() {
        PromotionWindow window = PromotionWindow.parse("Sat-Mon 20:00-24:00");

        assertThat(window.contains(Instant.parse("2026-03-01T23:59:59Z"))).isTrue();
        assertThat(window.contains(Instant.parse("2026-03-03T20:00:00Z"))).isFalse();
        assertThat(window.next(Instant.parse("2026-03-03T00:00:00Z"))).isEqualTo("2026-03-07T20:00:00Z");
    }

    @Test
    void next_whileOpen_isNow() {
        Instant now = Instant.parse("2026-03-02T10:00:00Z");

        assertThat(PromotionWindow.parse("mon 09:00-16:00").next(now)).isEqualTo(now);
        assertThat(PromotionWindow.parse("mon 09:00-10:00").next(now)).isEqualTo("2026-03-09T09:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mon", "Mon 9-10", "Foo 09:00-10:00", "Mon 25:00-26:00", "Mon 10:00-10:00",
        "Mon 09:00-10:00 Nowhere/Land"})
    void text_thatIsNoWindow_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PromotionWindow.parse(text));
    }
}
