package io.keywane.usage;

import io.keywane.key.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static io.keywane.usage.PlanScene.fixed;
import static io.keywane.usage.PlanScene.rolling;
import static io.keywane.usage.PlanScene.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/** {@link ProbePlan}: when the next probe is sent, and why then. */
class ProbePlanTest {
    private static final WindowModel MINUTE = rolling(360, 60, 2);
    private static final WindowModel HOUR = rolling(10_000, 3_600, 2);
    private static final WindowModel DAY = rolling(100_000, 86_400, 2);

    @ParameterizedTest
    @CsvSource({"20,1", "20,4", "60,2", "60,4", "60,11", "600,2", "3600,2", "3600,400", "86400,2", "86400,2000"})
    void period_ofALeavingKey_keepsOwnRequestsOffTheEdge(long window, long tolerance) {
        PlannedProbe plan = PlanScene.of(rolling(10_000, window, tolerance)).answered(0).next(1);

        assertThat(seconds(plan.period())).as("two samples in a window").isLessThan((double) (window - tolerance));
        double inside = window - tolerance - Math.floor(window / seconds(plan.period())) * seconds(plan.period());
        double outside = Math.ceil(window / seconds(plan.period())) * seconds(plan.period()) - window - tolerance;
        assertThat(Math.min(inside, outside)).as("clear of the edge").isGreaterThan(1.2);
    }

    @ParameterizedTest
    @CsvSource({"60,2,24", "3600,2,654.545", "86400,2,3526.531", "60,4,24", "60,5,40", "60,6,40"})
    void period_ofALeavingKey_isAFewTimesInItsWindow(long window, long tolerance, double period) {
        PlannedProbe plan = PlanScene.of(rolling(10_000, window, tolerance)).answered(0).next(1);

        assertThat(seconds(plan.period())).isCloseTo(period, within(0.01));
        assertThat(plan.why()).isEqualTo(ProbeReason.PROOF);
        assertThat(plan.obstacle()).isEmpty();
    }

    @Test
    void nextProbe_isAimedByTheTimeOfCounting() {
        PlanScene scene = PlanScene.of(MINUTE).answered(0);
        scene.own.add(new OwnTime(seconds(24), seconds(28), OwnFate.COUNTED));

        // Counted at 26 as far as can be known; the next flight will be as short as the shortest, 0.1.
        assertThat(scene.nextAt(29)).isCloseTo(26 + 24 - 0.1, within(0.01));
    }

    @Test
    void nextProbe_whereAnOwnRequestIsLeavingTheWindow_isMovedOffTheEdge() {
        PlanScene scene = PlanScene.of(MINUTE).answered(40, 76);

        // At 100 the request of 40 is at the edge; it is certainly in until 95.7 and out from 104.4.
        assertThat(scene.nextAt(77)).isCloseTo(104.407, within(0.01));
        assertThat(scene.next(77).why()).isEqualTo(ProbeReason.OFF_THE_EDGE);
    }

    @Test
    void nextProbe_movedOffTheEdge_isNeverSoLateThatTheWindowWouldNotReachBack() {
        PlanScene scene = PlanScene.of(MINUTE).answered(30, 33, 36, 39, 42, 45, 48, 51, 76);

        // From 85.8 on something is always leaving, until 115.4: later than 76 + 49.8 is too late, 115.4 is not.
        assertThat(scene.nextAt(77)).isCloseTo(85.494, within(0.01));
        assertThat(scene.nextAt(90)).isCloseTo(115.407, within(0.01));
    }

    @Test
    void nextProbe_whereNothingIsOffTheEdge_isSentAllTheSame() {
        PlanScene scene = PlanScene.of(MINUTE);
        for (int i = 0; i < 20; i++) {
            scene.answered(3 * i);
        }

        PlannedProbe plan = scene.next(58);

        assertThat(plan.why()).isEqualTo(ProbeReason.EDGE_UNAVOIDABLE);
        assertThat(seconds(plan.at().sinceBoot())).isLessThanOrEqualTo(57 + 49.8);
    }

    @Test
    void nextProbe_ofALaterWindowToo_isOffItsEdge() {
        PlanScene scene = PlanScene.of(MINUTE, HOUR).answered(24, 3_600.1);
        scene.fixedDisplay = true;

        // In the minute window 3624 is free; in the hour window the request of 24 is just leaving.
        assertThat(scene.nextAt(3_601)).isCloseTo(3_628.761, within(0.01));
    }

    @Test
    void nextProbe_afterOneOfUnknownFate_comesAsSoonAsItHelps() {
        PlannedProbe plan = PlanScene.of(HOUR).answered(0, 655).unanswered(1_310).next(1_320);

        assertThat(plan.why()).isEqualTo(ProbeReason.FATE_UNKNOWN);
        // Not before 1321.7: then it stays in the window until the one in doubt has left for certain.
        assertThat(seconds(plan.at().sinceBoot())).isCloseTo(1_321.72, within(0.01));
    }

    @Test
    void nextProbe_afterTwoOfUnknownFate_keepsItsTurn() {
        assertThat(PlanScene.of(HOUR).answered(0, 655).unanswered(1_310).unanswered(1_320).nextAt(1_330))
                .isGreaterThan(1_900);
    }

    @Test
    void nextProbe_whenOneOfUnknownFateHasLeft_comesRightThen() {
        PlanScene scene = PlanScene.of(MINUTE).answered(0).unanswered(24).answered(36, 60, 70);

        // The lost one can have been counted up to 26, and has left at 26 + 60 + 3 + 1.2.
        assertThat(scene.nextAt(71)).isCloseTo(90.207, within(0.01));
        assertThat(scene.next(71).why()).isEqualTo(ProbeReason.DOUBT_LEAVES);
    }

    @Test
    void nextProbe_ofAKeyInUse_isWithinTheInterval() {
        PlanScene scene = PlanScene.of(HOUR).answered(0);
        scene.purpose = ProbePurpose.WATCH;

        assertThat(scene.nextAt(1)).isCloseTo(60, within(0.11));
        assertThat(scene.next(1).why()).isEqualTo(ProbeReason.INTERVAL);
    }

    @Test
    void nextProbe_ofAKeyInUse_isNeverLaterThanTheIntervalForAnEdge() {
        PlanScene scene = PlanScene.of(HOUR).answered(60, 3_600);
        scene.purpose = ProbePurpose.WATCH;

        assertThat(scene.nextAt(3_601)).isLessThan(3_656).isGreaterThan(3_655);
    }

    @Test
    void nextProbe_ofAKeyInUseWithAShortWindow_leavesNoRequestUnseen() {
        PlanScene scene = PlanScene.of(MINUTE).answered(0);
        scene.purpose = ProbePurpose.WATCH;
        scene.interval = Duration.ofMinutes(5);

        assertThat(scene.nextAt(1)).isBetween(49.0, 58.0);
        assertThat(scene.next(1).why()).isEqualTo(ProbeReason.COVERAGE);
    }

    @Test
    void nextProbe_whereNoWindowIsKnown_keepsTheIntervalAndSaysSo() {
        PlanScene scene = PlanScene.of(MINUTE).show(77, 70, 0, 60).answered(0);

        assertThat(scene.nextAt(1)).isBetween(55.0, 60.1);
        assertThat(scene.next(1).period()).isEqualTo(PlanScene.INTERVAL);
        assertThat(scene.obstacle(1)).contains(new ProofObstacle.NoWindow(77));
    }

    @Test
    void firstProbe_afterAStart_waitsForThePhase() {
        PlanScene scene = PlanScene.of(HOUR);
        scene.purpose = ProbePurpose.WATCH;

        assertThat(scene.nextAt(3)).isEqualTo(15);
        assertThat(scene.next(3).why()).isEqualTo(ProbeReason.FIRST);
    }

    @Test
    void nextProbe_afterARestartOfTheHost_waitsForThePeriodAnew() {
        PlanScene scene = PlanScene.of(HOUR);
        scene.purpose = ProbePurpose.WATCH;
        scene.own.add(OwnTime.undated(seconds(30)));

        assertThat(scene.nextAt(3)).isEqualTo(60);
    }

    @Test
    void nextProbe_whileTheServerAsksToWait_waits() {
        PlanScene scene = PlanScene.of(MINUTE).answered(0);
        scene.notBefore = Optional.of(PlanScene.at(500));

        assertThat(scene.nextAt(20)).isEqualTo(500);
        assertThat(scene.next(20).why()).isEqualTo(ProbeReason.SERVER_WAIT);
    }

    @Test
    void nextProbe_whichIsLate_isPlannedFromNow() {
        PlanScene scene = PlanScene.of(MINUTE).answered(0, 20);

        assertThat(scene.nextAt(70)).isEqualTo(70);
        // At 81 the request of 20 is at the edge.
        assertThat(scene.nextAt(81)).isCloseTo(84.407, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"360,10000,118.033", "60,1000,184.615", "120,5000,80.899"})
    void period_whereTheFullestWindowIsShown_keepsTheHourOnShow(long minute, long hour, double period) {
        PlanScene scene = PlanScene.of(rolling(hour, 3_600, 2), rolling(minute, 60, 2)).answered(0);

        PlannedProbe plan = scene.next(1);

        assertThat(seconds(plan.period())).isCloseTo(period, within(0.01));
        assertThat(plan.why()).isEqualTo(ProbeReason.HOLD);
        double own = Math.floor(3_600 / period);
        assertThat(own / hour).as("fuller than the minute").isGreaterThan(1.0 / minute);
    }

    @Test
    void period_whereTheDayIsShown_keepsItFullerThanMinuteAndHour() {
        PlannedProbe plan = PlanScene.of(DAY, HOUR, MINUTE).answered(0).next(1);

        assertThat(seconds(plan.period())).isCloseTo(86_400 / 280.5, within(0.01));
    }

    @Test
    void period_whereTheApiDoesNotShowTheFullest_isTheSparse() {
        PlanScene scene = PlanScene.of(HOUR, MINUTE).answered(0);
        scene.fixedDisplay = true;

        assertThat(seconds(scene.next(1).period())).isCloseTo(654.5, within(0.1));
    }

    @Test
    void longWindow_withOthersRequestsStillInIt_saysUntilWhen() {
        PlanScene scene = PlanScene.of(DAY, HOUR, MINUTE).answered(100);
        scene.lastUse = Optional.of(PlanScene.at(50));

        assertThat(scene.obstacle(101)).contains(
                new ProofObstacle.LongWindowShown(Duration.ofDays(1), Instant.EPOCH.plusMillis(86_400_000 + 61_640)));
        assertThat(scene.obstacle(101).orElseThrow().sentence()).contains("24h", "1970-01-02T00:01:01Z");
    }

    @Test
    void fixedMinute_isSampledJustBeforeAndJustAfterEachReset() {
        PlanScene scene = PlanScene.of(fixed(360, 60)).show(360, 359, 30, 90).answered(30);

        // The reset is at 89.0 to 90.2 on our clock.
        assertThat(scene.nextAt(31)).isCloseTo(87, within(0.01));
        assertThat(scene.next(31).why()).isEqualTo(ProbeReason.BEFORE_RESET);
        scene.show(360, 358, 87, 90).answered(87);
        assertThat(scene.nextAt(88)).isCloseTo(91.7, within(0.01));
        assertThat(scene.next(88).why()).isEqualTo(ProbeReason.AFTER_RESET);
        scene.show(360, 359, 91.7, 150).answered(91.7);
        assertThat(scene.nextAt(92)).isCloseTo(91.7 + 59 - 1 - 2, within(0.01));
        assertThat(scene.obstacle(92)).contains(new ProofObstacle.NotRolling(Duration.ofMinutes(1)));
    }

    @Test
    void fixedHour_isSampledBetweenToo() {
        PlanScene scene = PlanScene.of(fixed(10_000, 3_600)).show(10_000, 9_999, 100, 3_600).answered(100);

        assertThat(scene.nextAt(101)).isCloseTo(100.1 + 720, within(0.01));
        scene.answered(3_000);
        assertThat(scene.nextAt(3_001)).isCloseTo(3_597, within(0.01));
    }

    @Test
    void fixedReset_ofNonsense_isNotAimedAt() {
        PlanScene scene = PlanScene.of(fixed(360, 60)).show(360, 359, 30, 1_000_000).answered(30);

        assertThat(scene.nextAt(31)).isLessThan(100);
    }

    @Test
    void nextProbe_ofAMomentOfAFormerBoot_isFinite() {
        PlanScene scene = PlanScene.of(fixed(360, 60)).answered(10);
        scene.notBefore = Optional.of(new Moment("boot-0", Duration.ofDays(9), Instant.EPOCH));

        assertThat(scene.nextAt(31)).isLessThan(100);
    }

    @Test
    void phase_outsideItsRange_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProbePlan(PlanScene.INTERVAL, 1, new ProbeBudget(1, 1)));
    }

    @Test
    void longSilenceUnderWay_isHeldWithFewerProbes_untilItsEndIsNear() {
        PlanScene scene = PlanScene.of(MINUTE).answered(0);
        scene.provenBy = Optional.of(PlanScene.at(1_000));

        assertThat(seconds(scene.next(1).period())).isBetween(36.0, 38.0);
        assertThat(scene.next(1).why()).isEqualTo(ProbeReason.CAREFUL);
        scene.provenBy = Optional.of(PlanScene.at(95));
        assertThat(seconds(scene.next(1).period())).isCloseTo(24, within(0.01));
        assertThat(scene.next(1).why()).isEqualTo(ProbeReason.PROOF);
    }

    @Test
    void slowFlight_doesNotPutTheNextProbeBeyondWhatConfirmsTheLast() {
        WindowModel wide = rolling(360, 60, 13);
        PlanScene scene = PlanScene.of(wide);
        scene.own.add(new OwnTime(PlanScene.seconds(100), PlanScene.seconds(109), OwnFate.COUNTED));

        assertThat(scene.nextAt(110) - 100).isLessThan(seconds(wide.reach()));
    }
}
