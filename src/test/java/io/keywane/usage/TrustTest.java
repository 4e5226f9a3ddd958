package io.keywane.usage;

import org.junit.jupiter.api.Test;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** Each bound of what is believed after a contradiction or a step of a clock. */
class TrustTest {
    private static final Instant WALL = Instant.parse("2026-03-01T00:00:00Z");
    private static final long WINDOW = 60_000;

    private final Trust trust = new Trust();

    private void contradict(long at) {
        trust.contradicted(at, WINDOW, WALL);
    }

    private void consistent(int samples) {
        for (int i = 0; i < samples; i++) {
            trust.consistent();
        }
    }

    @Test
    void contradiction_isForgivenAfterEightSamplesAndThreeWindows() {
        contradict(1_000);
        consistent(7);
        assertThat(trust.isEarned(1_000_000)).isFalse();
        consistent(1);
        assertThat(trust.isEarned(1_000 + 3 * WINDOW - 1)).isFalse();
        assertThat(trust.isEarned(1_000 + 3 * WINDOW)).isTrue();
    }

    @Test
    void contradictions_withinAWindow_areOne_andAWindowApartTwo() {
        contradict(0);
        contradict(WINDOW - 1);
        contradict(WINDOW - 1);
        consistent(8);
        assertThat(trust.isEarned(1_000_000)).isTrue();
        contradict(WINDOW);
        consistent(8);
        assertThat(trust.isEarned(1_000_000)).isTrue();
        contradict(2 * WINDOW);
        consistent(8);
        assertThat(trust.isEarned(1_000_000)).isFalse();
    }

    @Test
    void calibration_afterTheContradiction_restoresTrust() {
        contradict(0);
        trust.calibrated(WALL);
        assertThat(trust.isEarned(1_000_000)).isFalse();
        trust.calibrated(WALL.plusSeconds(1));
        assertThat(trust.isEarned(1_000_000)).isTrue();
    }

    @Test
    void calibration_withoutAContradiction_changesNothing() {
        trust.calibrated(WALL);

        assertThat(trust.isEarned(0)).isTrue();
    }

    @Test
    void step_blindsForAWindow() {
        assertThat(trust.isBlind(0, WINDOW)).isFalse();
        trust.stepped(1_000, 0);
        assertThat(trust.isBlind(1_000 + WINDOW - 1, WINDOW)).isTrue();
        assertThat(trust.isBlind(1_000 + WINDOW, WINDOW)).isFalse();
    }

    @Test
    void steps_oneBeforeTheOtherIsOver_addUp() {
        trust.stepped(1_000, 250);
        trust.stepped(1_100, 100);

        assertThat(trust.isBlind(1_350 + WINDOW - 1, WINDOW)).isTrue();
        assertThat(trust.isBlind(1_350 + WINDOW, WINDOW)).isFalse();
    }

    @Test
    void restart_movesWhatIsStillToBeWaitedFor() {
        contradict(1_000);
        trust.stepped(1_000, 0);
        consistent(8);
        trust.rebase(new Shift(-500_000, -400_000));
        assertThat(trust.isEarned(1_000 + 3 * WINDOW - 400_000 - 1)).isFalse();
        assertThat(trust.isEarned(1_000 + 3 * WINDOW - 400_000)).isTrue();
        assertThat(trust.isBlind(1_000 + WINDOW - 400_000 - 1, WINDOW)).isTrue();
        assertThat(trust.isBlind(1_000 + WINDOW - 400_000, WINDOW)).isFalse();
    }

    @Test
    void restart_whereNothingHappened_leavesNothingToWaitFor() {
        trust.rebase(new Shift(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4));

        assertThat(trust.isBlind(0, WINDOW)).isFalse();
    }
}
