package io.keywane.usage.sim;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Claims of silence, bounds and flags against the truth, over seeded scenarios of every kind of limiter, consumer and fault.
 * {@code src/test/sh/simulate-drain} plays more of them, or one of them with a trace.
 */
class DrainSimulationTest {
    private static final int SCENARIOS = 10_000;
    private static final int APART = 100;
    private static final int WAIVING = 600;
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    @Test
    void soundScenarios_ofEveryKind_holdNoFalseClaimBoundOrFlag() {
        Campaign played = Campaign.run(ScenarioDraw::sound, 0, SCENARIOS, THREADS);

        print("Drain simulation: scenarios in which all assumptions hold", played.table());
        assertThat(played.failures()).isEmpty();
        // The test has power only if silence is claimed, keys are flagged, and flags are withdrawn.
        assertThat(played.all().claims).isGreaterThan(100_000);
        assertThat(played.all().flags).isGreaterThan(SCENARIOS / 10);
        assertThat(played.all().withdrawals).isGreaterThan(SCENARIOS / 200);
    }

    /** Seeds that once showed something false. */
    @ParameterizedTest
    @ValueSource(longs = {7_643, 5_000_934, 8_000_311, 8_001_249})
    void seedThatOnceShowedSomethingFalse_isSound(long seed) {
        assertThat(Simulation.play(ScenarioDraw.sound(seed)).lies()).isEmpty();
    }

    @Test
    void scenariosWhosePolicyLetsPassWhatIsNotCertain_areTrueOutsideItsHoles() {
        Campaign played = Campaign.run(ScenarioDraw::waiving, 0, WAIVING, THREADS);

        print("Drain simulation: shadow spans and fixed-window coverage allowed; waived: scenarios with use in a hole, and "
                + "those flagged over it", played.table());
        assertThat(played.failures()).isEmpty();
        // What the policies let pass is real: somebody did use the key in a hole.
        assertThat(played.all().usedInHoles).isPositive();
    }

    @Test
    void scenariosThatBreakAnAssumption_areShownNotHidden() {
        StringBuilder table = new StringBuilder(Tally.head()).append(System.lineSeparator());
        long wrong = 0;
        for (Assumption assumption : Assumption.values()) {
            Campaign played = Campaign.run(seed -> ScenarioDraw.breaking(seed, assumption), 0, APART, THREADS);
            table.append(played.all().row(assumption.name())).append(System.lineSeparator());
            wrong += played.all().falseClaims + played.all().falseFlags;
        }
        print("Drain simulation: scenarios that break an assumption; false flags are to be expected", table.toString());
        // What is assumed matters: without it, some of these go wrong.
        assertThat(wrong).isPositive();
    }

    @Test
    void sameSeed_playedTwice_comesOutTheSame() {
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();

        Simulation.play(ScenarioDraw.sound(6), line -> first.append(line).append('\n'));
        Simulation.play(ScenarioDraw.sound(6), line -> second.append(line).append('\n'));

        assertThat(first).isNotEmpty();
        assertThat(second.toString()).isEqualTo(first.toString());
    }

    private static void print(String title, String text) {
        System.out.println(title + System.lineSeparator() + text);
    }
}
