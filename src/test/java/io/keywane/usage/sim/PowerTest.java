package io.keywane.usage.sim;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon a key that nobody uses is proven so: from its true last use to the moment at which the gates open.
 * {@code src/test/sh/simulate-drain --power N} plays more.
 */
class PowerTest {
    private static final int SCENARIOS = 100;
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    @Test
    void quietKeys_underEachCondition_areFlaggedAsSoonAsPromised() {
        PowerCampaign played = PowerCampaign.run(SCENARIOS, THREADS);

        System.out.println("Power: from the last use to the flag" + System.lineSeparator() + played.table());
        System.out.println(played.explanations());
        assertThat(played.missed()).isEmpty();
    }

    @Test
    void campaign_holdsRealNightsAndWeeks() {
        long rows = Arrays.stream(PowerRow.values()).filter(row -> PowerDraw.isOfRealTime(row.setting)).count();

        assertThat(rows * SCENARIOS).isGreaterThanOrEqualTo(200);
    }
}
