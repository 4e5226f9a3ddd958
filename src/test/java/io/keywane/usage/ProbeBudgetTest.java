package io.keywane.usage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static io.keywane.usage.PlanScene.rolling;
import static io.keywane.usage.PlanScene.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** {@link ProbeBudget}, and that a plan keeps to it. */
class ProbeBudgetTest {
    private static final WindowModel MINUTE = rolling(360, 60, 2);
    private static final WindowModel HOUR = rolling(10_000, 3_600, 2);

    @Test
    void credits_areNeverOverspent() {
        ProbeBudget budget = new ProbeBudget(10, 0.1);

        assertThat(budget.allowsCredits(9, 1)).isTrue();
        assertThat(budget.allowsCredits(9, 2)).isFalse();
        assertThat(budget.allowsCredits(10, 0)).isTrue();
    }

    @Test
    void requests_areAShareOfTheLimit() {
        ProbeBudget budget = new ProbeBudget(10, 0.1);
        RateLimitReading free = new RateLimitReading(100, 90, Instant.EPOCH);

        assertThat(budget.allowsRequest(free, 9)).isTrue();
        assertThat(budget.allowsRequest(free, 10)).isFalse();
    }

    @Test
    void requests_ofATinyLimit_areOne() {
        ProbeBudget budget = new ProbeBudget(10, 0.1);
        RateLimitReading tiny = new RateLimitReading(3, 3, Instant.EPOCH);

        assertThat(budget.allowsRequest(tiny, 0)).isTrue();
        assertThat(budget.allowsRequest(tiny, 1)).isFalse();
    }

    @Test
    void requests_whereConsumersNeedTheRest_areNone() {
        ProbeBudget budget = new ProbeBudget(10, 0.5);

        assertThat(budget.allowsRequest(new RateLimitReading(100, 6, Instant.EPOCH), 0)).isTrue();
        assertThat(budget.allowsRequest(new RateLimitReading(100, 5, Instant.EPOCH), 0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0.1,24", "0.0084,24", "0.0083,40", "0.0056,40"})
    void period_isTheSoonestThatTheShareAllows(double share, double period) {
        PlanScene scene = PlanScene.of(MINUTE).answered(0);
        scene.budget = new ProbeBudget(100, share);

        assertThat(seconds(scene.next(1).period())).isCloseTo(period, within(0.01));
        assertThat(scene.obstacle(1)).isEmpty();
    }

    @Test
    void period_whereALongerWindowIsTight_isSparser() {
        // The minute's share would do for 150 an hour; a hundredth of the hour's limit of 8,000 does for 80.
        PlanScene scene = PlanScene.of(MINUTE, rolling(8_000, 3_600, 2)).answered(0);
        scene.budget = new ProbeBudget(100, 0.01);

        assertThat(seconds(scene.next(1).period())).isCloseTo(49.794, within(0.01));
    }

    @Test
    void share_thatAllowsNoProof_isNamedWithTheOneThatWould() {
        PlanScene scene = PlanScene.of(MINUTE, HOUR).answered(0);
        scene.budget = new ProbeBudget(100, 0.005);

        ProofObstacle obstacle = scene.obstacle(1).orElseThrow();

        assertThat(obstacle.word()).isEqualTo("share_too_small");
        assertThat(obstacle.sentence()).isEqualTo("a proof needs 73 own requests in 1h, but share_of_limit 0.005 of "
                + "10000 allows 50: share_of_limit 0.0073 would do");
        scene.budget = new ProbeBudget(100, 0.0073);
        assertThat(scene.obstacle(1)).isEmpty();
    }

    @Test
    void share_justTooSmall_slowsDownToWhatItAllows() {
        PlanScene scene = PlanScene.of(MINUTE).answered(0);
        scene.budget = new ProbeBudget(100, 0.005);
        scene.interval = Duration.ofSeconds(10);

        assertThat(scene.obstacle(1)).contains(new ProofObstacle.ShareTooSmall(2, Duration.ofMinutes(1), 360, 0.005));
        assertThat(scene.nextAt(1)).isGreaterThan(62);
        assertThat(scene.next(1).why()).isEqualTo(ProbeReason.BUDGET_SHARE);
    }

    @Test
    void share_usedUp_putsTheNextOffUntilOneHasLeft() {
        PlanScene scene = PlanScene.of(rolling(30, 60, 2)).answered(0, 20, 40);

        // Three of 30 are allowed: the first can be counted until 0.2 and has left 62 s later.
        assertThat(scene.nextAt(41)).isGreaterThanOrEqualTo(62.2);
        scene.answered(45);
        assertThat(scene.nextAt(46)).isGreaterThanOrEqualTo(82.2);
        assertThat(scene.next(46).why()).isEqualTo(ProbeReason.BUDGET_SHARE);
    }

    @Test
    void share_afterARestartOfTheHost_countsWhatWasSentBefore() {
        PlanScene scene = PlanScene.of(rolling(30, 60, 2));
        for (int i = 0; i < 3; i++) {
            scene.own.add(OwnTime.undated(seconds(30)));
        }

        assertThat(scene.nextAt(3)).isGreaterThanOrEqualTo(92);
    }

    @Test
    void withoutAnyReading_fewAreSent() {
        PlanScene scene = PlanScene.of(MINUTE);
        scene.lastGood = Optional.empty();
        scene.answered(10, 11, 12, 13, 14);
        ProbePlan plan = new ProbePlan(PlanScene.INTERVAL, 0, scene.budget);

        assertThat(seconds(plan.allowedFrom(scene.situation(15)).sinceBoot())).isEqualTo(15);
        scene.answered(15);
        assertThat(seconds(plan.allowedFrom(scene.situation(16)).sinceBoot())).isGreaterThanOrEqualTo(70);
    }

    @Test
    void reserve_reached_stopsTheProofForAWindow() {
        PlanScene scene = PlanScene.of(MINUTE).show(MINUTE, 18, 100).answered(100);

        assertThat(scene.nextAt(101)).isCloseTo(160.2, within(4.5));
        assertThat(scene.nextAt(101)).isGreaterThanOrEqualTo(160.2);
        assertThat(scene.next(101).why()).isEqualTo(ProbeReason.BUDGET_RESERVE);
        assertThat(scene.obstacle(101).orElseThrow().sentence()).isEqualTo(
                "18 of 360 requests are left and 18 are kept for consumers: no own request before "
                        + "1970-01-01T00:02:40Z");
        assertThat(scene.show(MINUTE, 19, 100).nextAt(101)).isLessThan(130);
    }

    @Test
    void reserve_reachedInALongWindow_stillShowsNowAndThenWhetherAKeyInUseIsAlive() {
        PlanScene scene = PlanScene.of(HOUR).show(HOUR, 400, 100).answered(100);
        scene.purpose = ProbePurpose.WATCH;

        assertThat(scene.nextAt(101)).isCloseTo(250, within(5.0));
    }
}
