package io.keywane.sandbox;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static io.keywane.sandbox.TestingClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What is shown where there are several windows and several nodes, and what changes at run time do. */
class LimiterNodesTest {
    private static final Caller HERE = new Caller(0x7f000001, 40_000);
    private static final Caller THERE = new Caller(0x7f000002, 40_000);
    private static final RateSettings RATES = RateSettings.published()
            .withGeneral(List.of(window(60, 10), window(3_600, 100)));

    private final TestingClock clock = new TestingClock();

    @Test
    void last_shown_isAlwaysTheLongest() {
        Limiter limiter = limiter(RATES.withShown(ShownWindow.LAST));
        assertThat(limiter.judge(clock, HERE, () -> 200).reading())
                .isEqualTo(new RateReading(100, 99, START.plusSeconds(3_600)));
    }

    @Test
    void tightest_equalLimits_onlyTheResetTellsThemApart() {
        Limiter limiter = limiter(RATES.withGeneral(List.of(window(60, 10), window(3_600, 10))));
        assertThat(remaining(limiter, HERE)).isEqualTo(9);
        clock.advance(Duration.ofMinutes(2));
        assertThat(limiter.judge(clock, HERE, () -> 200).reading())
                .isEqualTo(new RateReading(10, 8, START.plusSeconds(3_720)));
    }

    @Test
    void roundRobin_nodes_countInTurn() {
        Limiter limiter = limiter(placed(Placement.ROUND_ROBIN, 3));
        assertThat(IntStream.range(0, 7).map(i -> remaining(limiter, HERE))).containsExactly(9, 9, 9, 8, 8, 8, 7);
    }

    @Test
    void byAddress_others_areNotSeen() {
        Limiter limiter = limiter(placed(Placement.BY_ADDRESS, 2));
        assertThat(remaining(limiter, HERE)).isEqualTo(9);
        assertThat(remaining(limiter, THERE)).isEqualTo(9);
        assertThat(remaining(limiter, HERE)).isEqualTo(8);
        assertThat(remaining(limiter, new Caller(0x7f000003, 50_000))).as("the same node as the first").isEqualTo(7);
    }

    @Test
    void byConnection_port_decides() {
        Limiter limiter = limiter(placed(Placement.BY_CONNECTION, 2));
        int before = remaining(limiter, HERE);
        assertThat(remaining(limiter, HERE)).isEqualTo(before - 1);
        List<Integer> nodes = IntStream.range(0, 200)
                .map(i -> Placement.BY_CONNECTION.node(new Caller(0, 40_000 + 2 * i), 0, 2)).boxed().toList();
        assertThat(nodes).filteredOn(node -> node == 0).hasSizeBetween(70, 130);
    }

    @Test
    void lag_count_showsLaterToOthersAndAtOnceToItself() {
        Limiter limiter = limiter(
                RATES.withShown(ShownWindow.FIRST).withTopology(new Topology(Placement.ONE, 1, Duration.ofSeconds(3))));
        assertThat(remaining(limiter, HERE)).isEqualTo(9);
        clock.advance(Duration.ofMillis(2_999));
        assertThat(remaining(limiter, HERE)).as("the first does not show yet").isEqualTo(9);
        clock.advance(Duration.ofMillis(1));
        assertThat(remaining(limiter, HERE)).as("the first shows").isEqualTo(8);
        clock.advance(Duration.ofSeconds(60));
        assertThat(remaining(limiter, HERE)).as("the first left 63 s after it was made").isEqualTo(7);
    }

    @Test
    void lag_limit_isPassedByABurst() {
        Limiter limiter = limiter(RATES.withTopology(new Topology(Placement.ONE, 1, Duration.ofSeconds(3))));
        for (int i = 0; i < 15; i++) {
            assertThat(limiter.judge(clock, HERE, () -> 200).status()).isEqualTo(200);
        }
        clock.advance(Duration.ofSeconds(3));
        assertThat(limiter.judge(clock, HERE, () -> 200).status()).isEqualTo(429);
    }

    @Test
    void wipe_counters_beginEmpty() {
        Limiter limiter = limiter(RATES);
        remaining(limiter, HERE);
        limiter.wipe();
        assertThat(remaining(limiter, HERE)).isEqualTo(9);
    }

    @Test
    void change_onlyLimits_keepsWhatIsCounted() {
        Limiter limiter = limiter(RATES);
        remaining(limiter, HERE);
        limiter.change(RATES.withGeneral(List.of(window(60, 20), window(3_600, 200))));
        assertThat(limiter.judge(clock, HERE, () -> 200).reading())
                .extracting(RateReading::limit, RateReading::remaining)
                .containsExactly(20, 18);
    }

    @Test
    void change_anythingElse_beginsEmpty() {
        Limiter limiter = limiter(RATES);
        remaining(limiter, HERE);
        limiter.change(RATES.withModel(WindowModel.GCRA));
        assertThat(remaining(limiter, HERE)).isEqualTo(9);
        limiter.change(RATES.withModel(WindowModel.GCRA).withGeneral(List.of(window(30, 10), window(3_600, 100))));
        assertThat(remaining(limiter, HERE)).isEqualTo(9);
    }

    @Test
    void topology_thatMakesNoSense_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Topology(Placement.ONE, 2, Duration.ZERO))
                .withMessage("placement one does not go with nodes 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Topology(Placement.ROUND_ROBIN, 1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Topology(Placement.ROUND_ROBIN, 65, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Topology(Placement.ONE, 1, Duration.ofHours(2)));
    }

    private int remaining(Limiter limiter, Caller caller) {
        return limiter.judge(clock, caller, () -> 200).reading().remaining();
    }

    private static RateSettings placed(Placement placement, int nodes) {
        return RATES.withShown(ShownWindow.FIRST).withTopology(new Topology(placement, nodes, Duration.ZERO));
    }

    private static Limiter limiter(RateSettings rates) {
        return new Limiter(rates, RefusalSettings.standard(), LimiterGroup.GENERAL);
    }

    private static WindowLimit window(int seconds, int limit) {
        return new WindowLimit(Duration.ofSeconds(seconds), limit);
    }
}
