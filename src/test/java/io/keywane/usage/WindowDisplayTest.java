package io.keywane.usage;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@link WindowDisplay}: whether an API is seen to show always the same window. */
class WindowDisplayTest {
    private static final WindowModel MINUTE = PlanScene.rolling(360, 60, 2);
    private static final WindowModel HOUR = PlanScene.rolling(10_000, 3_600, 2);

    private final WindowDisplay display = new WindowDisplay();
    private final PlanScene scene = PlanScene.of(MINUTE, HOUR);

    @Test
    void hourOnShow_whileTheMinuteIsFullerForCertain_isFixed() {
        scene.answered(1_000, 1_010, 1_020);

        see(HOUR, 9_997, 1_030);

        assertThat(display.isFixed()).isTrue();
    }

    @Test
    void hourOnShow_whileItIsTheFuller_tellsNothing() {
        scene.answered(1_000, 1_010, 1_020);

        see(HOUR, 9_800, 1_030);

        assertThat(display.isFixed()).isFalse();
    }

    @Test
    void requestAtTheEdgeOfTheOtherWindow_provesNothing() {
        scene.answered(942, 943);

        see(HOUR, 9_997, 1_000);

        assertThat(display.isFixed()).isFalse();
    }

    @Test
    void minuteOnShow_whileTheHourHoldsMore_isFixed() {
        for (int i = 0; i < 60; i++) {
            scene.answered(100 + 50.0 * i);
        }

        see(MINUTE, 359, 3_200);

        assertThat(display.isFixed()).isTrue();
    }

    @Test
    void windowsOnShowInTurn_areChosen() {
        scene.answered(1_000, 1_010, 1_020);
        see(HOUR, 9_997, 1_030);

        see(MINUTE, 356, 1_040);
        assertThat(display.isFixed()).isTrue();
        see(HOUR, 9_000, 1_050);

        assertThat(display.isFixed()).isFalse();
    }

    private void see(WindowModel window, long remaining, double at) {
        scene.show(window, remaining, at);
        display.saw(scene.lastGood.orElseThrow(), scene.windows, scene.own);
    }
}
