package io.keywane.sandbox;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static io.keywane.sandbox.TestingClock.START;
import static org.assertj.core.api.Assertions.assertThat;

class WindowCounterTest {
    private static final WindowLimit THREE_A_MINUTE = new WindowLimit(Duration.ofMinutes(1), 3);

    @Test
    void rolling_request_leavesExactlyOneWindowLater() {
        WindowCounter window = WindowModel.ROLLING.open(THREE_A_MINUTE, ResetMeaning.NOW);
        window.count(at(5));
        assertThat(window.used(at(64.999))).isEqualTo(1);
        assertThat(window.used(at(65))).isZero();
    }

    @Test
    void rolling_full_admitsWhenTheOldestLeaves() {
        WindowCounter window = WindowModel.ROLLING.open(THREE_A_MINUTE, ResetMeaning.NOW);
        window.count(at(1));
        window.count(at(2));
        assertThat(window.admits(at(3))).isEqualTo(at(3));
        window.count(at(3));
        assertThat(window.admits(at(4))).isEqualTo(at(61));
    }

    @Test
    void rolling_countedBeyondTheLimit_staysFullUntilTheNewestLimitHaveLeft() {
        WindowCounter window = WindowModel.ROLLING.open(THREE_A_MINUTE, ResetMeaning.NOW);
        for (int second = 1; second <= 5; second++) {
            window.count(at(second));
        }
        assertThat(window.used(at(6))).isEqualTo(3);
        assertThat(window.admits(at(6))).isEqualTo(at(63));
    }

    @Test
    void rolling_resetNow_isNowPlusWindow() {
        WindowCounter window = WindowModel.ROLLING.open(THREE_A_MINUTE, ResetMeaning.NOW);
        window.count(at(1));
        assertThat(window.reset(at(10))).isEqualTo(at(70));
    }

    @Test
    void rolling_resetOldest_isOldestPlusWindow() {
        WindowCounter window = WindowModel.ROLLING.open(THREE_A_MINUTE, ResetMeaning.OLDEST);
        assertThat(window.reset(at(10))).isEqualTo(at(70));
        window.count(at(1));
        window.count(at(9));
        assertThat(window.reset(at(10))).isEqualTo(at(61));
        assertThat(window.reset(at(61))).isEqualTo(at(69));
    }

    @Test
    void fixed_boundary_empties() {
        WindowCounter window = WindowModel.FIXED.open(THREE_A_MINUTE, ResetMeaning.OLDEST);
        window.count(at(1));
        window.count(at(59.999));
        assertThat(window.used(at(59.999))).isEqualTo(2);
        assertThat(window.reset(at(59.999))).isEqualTo(at(60));
        assertThat(window.used(at(60))).isZero();
        assertThat(window.reset(at(60))).isEqualTo(at(120));
    }

    @Test
    void fixed_full_admitsAtTheBoundary() {
        WindowCounter window = WindowModel.FIXED.open(THREE_A_MINUTE, ResetMeaning.NOW);
        for (int second = 1; second <= 3; second++) {
            window.count(at(second));
        }
        assertThat(window.admits(at(3))).isEqualTo(at(60));
    }

    @Test
    void fixed_clockStepsBack_keepsItsWindow() {
        WindowCounter window = WindowModel.FIXED.open(THREE_A_MINUTE, ResetMeaning.NOW);
        window.count(at(61));
        assertThat(window.used(at(30))).isEqualTo(1);
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1_000));
    }
}
