package io.keywane.usage;

import io.keywane.usage.RandomScenario.Hazards;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Claims of silence against the truth, over random histories; and that a quiet key is proven quiet in good time. */
class SilenceSoundnessTest {
    private static final int SCENARIOS = 2_000;
    private static final double WINDOW = 60;
    private static final double PERIOD = 24;
    private static final List<Hazards> HAZARDS = List.of(
            Hazards.NONE,
            new Hazards(0.01, 0.01, 0, false, false),
            new Hazards(0.1, 0.1, 0.02, false, false),
            new Hazards(0.01, 0.01, 0.02, true, false),
            new Hazards(0.01, 0.01, 0.02, false, true));

    @Test
    void silence_inRandomHistories_isNeverClaimedFalsely() {
        long claims = 0;
        long used = 0;
        for (int seed = 0; seed < SCENARIOS; seed++) {
            Hazards hazards = HAZARDS.get(seed % HAZARDS.size());
            RandomScenario played = new RandomScenario(seed, hazards, 3_600, Double.MAX_VALUE).play(1_800);
            assertThat(played.lies).as("seed %d, %s", seed, hazards).isEmpty();
            claims += played.claims;
            used += played.hasForeignUse() ? played.inUse : 0;
        }
        // The test has power only if both verdicts are frequent.
        assertThat(claims).isGreaterThan(50_000);
        assertThat(used).isGreaterThan(50_000);
    }

    @Test
    void silence_ofAQuietKey_isProvenWithinItsWindowAndThreePeriods() {
        double quietPeriod = 1_800;
        double quietFrom = 1_200;
        for (int seed = 0; seed < 500; seed++) {
            RandomScenario played = new RandomScenario(seed, Hazards.NONE, 3_600, quietFrom).play(quietPeriod);

            assertThat(played.lies).as("seed %d", seed).isEmpty();
            assertThat(played.provenAt).as("seed %d", seed)
                    .isLessThanOrEqualTo(quietFrom + quietPeriod + WINDOW + 3 * PERIOD);
        }
    }

    @Test
    void silence_despiteLostAnswers_isProvenInMostHistories() {
        Hazards few = new Hazards(0.001, 0.001, 0, false, false);
        int proven = 0;
        for (int seed = 0; seed < 200; seed++) {
            RandomScenario played = new RandomScenario(seed, few, 5_400, 1_200).play(1_800);
            proven += Double.isNaN(played.provenAt) ? 0 : 1;
        }
        assertThat(proven).isGreaterThan(160);
    }
}
