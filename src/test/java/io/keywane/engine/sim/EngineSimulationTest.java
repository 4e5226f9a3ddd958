package io.keywane.engine.sim;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.EnumSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole engine over seeded runs: calm ones, deaths at every effect, singly and in pairs, faults of all that is outside,
 * and mistakes of people. docs/reliability.md says what is checked; {@code src/test/sh/simulate-rotation} plays more.
 */
class EngineSimulationTest {
    private static final int RUNS = 20_000;
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    @Test
    void runs_ofEveryKind_breakNoPromise() {
        Report report = Campaign.run(0, RUNS, THREADS);

        System.out.println("Engine simulation: seeds 0 to " + (RUNS - 1) + System.lineSeparator() + report.text());
        assertThat(report.failures()).isEmpty();
        // The test has power only if all of it happened.
        assertThat(report.points).as("points at which the process died").hasSize(30);
        assertThat(report.pairs).as("pairs of points").hasSizeGreaterThan(700);
        assertThat(report.faults.keySet()).isEqualTo(EnumSet.allOf(Fault.class));
        assertThat(report.acts.keySet()).isEqualTo(EnumSet.allOf(Act.class));
        assertThat(report.ends.keySet()).containsAll(Set.of("FLAGGED", "ROLLED_BACK"));
    }

    /** Seeds that once broke a promise, most of them by a fault of the engine. */
    @ParameterizedTest
    @ValueSource(longs = {4_958, 6_030, 6_966, 8_958, 12_438, 13_454, 16_925, 17_063, 18_974, 19_966})
    void seedThatOnceBrokeAPromise_breaksNone(long seed) {
        assertThat(Campaign.silently(() -> new Run(RunPlan.of(seed), _ -> {}).play().broken())).isEmpty();
    }

    @Test
    void sameSeed_playedTwice_comesOutTheSame() {
        assertThat(trace(14)).isNotEmpty().isEqualTo(trace(14));
    }

    private static String trace(long seed) {
        StringBuilder text = new StringBuilder();
        return Campaign.silently(() -> {
            new Run(RunPlan.of(seed), line -> text.append(line).append('\n')).play();
            return text.toString();
        });
    }
}
