package io.keywane.usage;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

/** Each bound of the server's clock. */
class ServerClockTest {
    private static final Instant DATE = Instant.parse("2026-03-01T00:00:00Z");

    private final ServerClock clock = new ServerClock();

    private OptionalLong seen(long at, long millisOfServer) {
        return clock.stepSeenBy(at, at, DATE.plusMillis(millisOfServer), DATE.plusMillis(at));
    }

    @Test
    void date_thatJustFits_isNoStep() {
        seen(0, 0);
        assertThat(seen(0, 2_000)).isEmpty();
        assertThat(seen(0, 0)).isEmpty();
    }

    @Test
    void date_aSecondBeyond_isAStep() {
        seen(0, 0);

        assertThat(seen(0, 3_000)).isPresent();
    }

    @Test
    void back_beyondThreeSeconds_isToldOnly() {
        assertThat(clock.back(DATE, DATE.plusSeconds(60))).isEmpty();
        seen(0, 0);
        assertThat(clock.back(DATE, DATE.plusMillis(3_000))).isEmpty();
        assertThat(clock.back(DATE, DATE.plusMillis(3_001))).hasValue(3_001);
    }

    @Test
    void restart_isBridgedWhileBothClocksAgree() {
        seen(0, 0);
        clock.reboot();
        // 20,000 s passed: 3 s for whole seconds, 2 s of drift, and the flight.
        Instant date = DATE.plusSeconds(20_000);

        assertThat(clock.bridge(10, 30, date, date.plusMillis(3_000 + 2_000 + 20))).isPresent();
        assertThat(clock.bridge(10, 30, date, date.plusMillis(3_000 + 2_000 + 21))).isEmpty();
        assertThat(clock.bridge(10, 30, date, date.minusMillis(3_000 + 2_000 + 20))).isPresent();
        assertThat(clock.bridge(10, 30, date, date.minusMillis(3_000 + 2_000 + 21))).isEmpty();
    }

    @Test
    void bridge_withoutARestart_isNone() {
        assertThat(clock.bridge(0, 0, DATE, DATE)).isEmpty();
        seen(0, 0);
        assertThat(clock.bridge(0, 0, DATE, DATE)).isEmpty();
        clock.reboot();
        clock.reboot();
        assertThat(clock.bridge(0, 0, DATE, DATE)).isEmpty();
    }
}
