package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.UsagePoint.Verdict;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/** Each rule of the account, in the smallest scene that needs it. */
class GroupAccountTest {
    private final RollingScene scene = RollingScene.witnessed();

    @Test
    void probe_nobodyElse_isSilent() {
        assertThat(scene.probe(0).verdict()).isEqualTo(Verdict.SILENT);
        assertThat(scene.probe(24).foreign()).isEqualTo(CountRange.ZERO);
    }

    @Test
    void silence_beforeAWitnessHasLeft_isNotClaimed() {
        scene.probeThrough(0, 48);

        assertThat(scene.account.silence()).isEmpty();
    }

    @Test
    void silence_onceAWitnessHasLeft_reachesFromItToTheSampleBefore() {
        scene.probeThrough(0, 72);

        assertThat(scene.silentFrom()).isEqualTo(0, within(1e-6));
        assertThat(scene.silentTo()).isEqualTo(48, within(1e-6));
    }

    @Test
    void silence_ofManySamples_isOneSpan() {
        scene.probeThrough(0, 2_400);

        assertThat(scene.silentFrom()).isEqualTo(0, within(1e-6));
        assertThat(scene.silentTo()).isEqualTo(2_376, within(1e-6));
    }

    @Test
    void silence_windowWasMeasuredAnew_endsAtOnceAndBeginsAgain() {
        scene.known = List.of(KnownWindow.declared(scene.model));
        scene.probeThrough(0, 2_400);
        scene.known = List.of(KnownWindow.calibrated(scene.model, RollingScene.SERVER_START.plusSeconds(2_390)));

        assertThat(scene.account.silence()).isEmpty();
        scene.probeThrough(2_424, 2_520);
        assertThat(scene.silentFrom()).isGreaterThan(2_340);
    }

    @Test
    void silence_anotherWindowCameToBeKnown_endsAtOnceAndBeginsAgain() {
        KnownWindow shown = KnownWindow.declared(scene.model);
        scene.known = List.of(shown);
        scene.probeThrough(0, 2_400);
        scene.known = List.of(shown, KnownWindow.declared(new WindowModel(5_000, Duration.ofHours(1), Kind.ROLLING,
                Duration.ofSeconds(2), true, ResetMeaning.OLDEST_PLUS_WINDOW)));

        assertThat(scene.account.silence()).isEmpty();
        scene.probeThrough(2_424, 2_520);
        assertThat(scene.silentFrom()).isGreaterThan(2_340);
    }

    @Test
    void probe_oneForeignRequestInTheWindow_isInUse() {
        scene.probeThrough(0, 240);
        scene.foreign(250);

        UsagePoint point = scene.probe(264);

        assertThat(point.verdict()).isEqualTo(Verdict.IN_USE);
        assertThat(point.foreign()).isEqualTo(new CountRange(1, 1));
        assertThat(scene.account.silence()).isEmpty();
        assertThat(scene.account.lastInUse()).contains(scene.at(264.2));
    }

    @Test
    void silence_afterUse_beginsAfterTheLastForeignRequest() {
        scene.probeThrough(0, 240);
        scene.foreign(250);
        scene.probeThrough(264, 600);

        assertThat(scene.silentFrom()).isGreaterThan(250);
        assertThat(scene.silentTo()).isEqualTo(576, within(1e-6));
    }

    @Test
    void probe_ownRequestAtTheEdge_isUndetermined() {
        scene.probe(0);

        UsagePoint point = scene.probe(59.5);

        assertThat(point.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(point.foreign()).isEqualTo(new CountRange(0, 1));
    }

    @Test
    void probe_foreignRequestInPlaceOfTheOneAtTheEdge_isNotSilent() {
        scene.probe(0);
        scene.foreign(30);

        assertThat(scene.probe(60.5).verdict()).isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void probe_ownRequestBeyondTheEdge_isNotOurs() {
        scene.probe(0);
        scene.foreign(30);

        assertThat(scene.probe(63.5).verdict()).isEqualTo(Verdict.IN_USE);
    }

    @Test
    void probe_oneSideOfTheToleranceOnly_isUndetermined() {
        scene.probe(0);
        scene.foreign(56);

        // 56.9 s old is surely inside, 57.0 s is not: the answer came 0.2 s after sending.
        assertThat(scene.probe(56.7).foreign()).isEqualTo(new CountRange(1, 1));
        RollingScene other = RollingScene.witnessed();
        other.probe(0);
        other.foreign(56);
        assertThat(other.probe(56.9).foreign()).isEqualTo(new CountRange(1, 2));
    }

    @Test
    void probe_afterALostReply_takesTheLostForNoughtToOne() {
        scene.probe(0);
        assertThat(scene.probeUnanswered(24).why()).isEqualTo(UsageReason.NO_ANSWER);

        UsagePoint point = scene.probe(48);

        assertThat(point.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(point.foreign()).isEqualTo(new CountRange(0, 1));
    }

    @Test
    void probe_afterALostRequest_isSilentSinceTheCounterShowsIt() {
        scene.probe(0);
        scene.probeLost(24);

        assertThat(scene.probe(48).verdict()).isEqualTo(Verdict.SILENT);
    }

    @Test
    void probe_foreignRequestInPlaceOfALostOne_isNotSilent() {
        scene.probe(0);
        scene.probeLost(24);
        scene.foreign(30);

        assertThat(scene.probe(48).verdict()).isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void probe_pendingRequestLeftByACrash_isNoughtToOne() {
        scene.open(0);
        scene.foreign(1);

        assertThat(scene.probe(24).foreign()).isEqualTo(new CountRange(0, 1));
    }

    @Test
    void probe_requestThatMayHaveArrivedLate_isKeptForItsLongestFlight() {
        scene.open(0);
        scene.foreign(1);

        // 63.5 s after sending, but perhaps counted 30 s later.
        assertThat(scene.probe(63.5).foreign()).isEqualTo(new CountRange(0, 0));
        scene.foreign(64);
        assertThat(scene.probe(70).foreign()).isEqualTo(new CountRange(0, 1));
        assertThat(scene.probe(93.5).foreign()).isEqualTo(new CountRange(1, 1));
    }

    @Test
    void undetermined_amongSilentSamples_doesNotBreakTheChain() {
        scene.probeThrough(0, 240);
        assertThat(scene.probe(251.9).verdict()).isEqualTo(Verdict.UNDETERMINED);
        scene.probeThrough(264, 600);

        assertThat(scene.silentFrom()).isEqualTo(0, within(1e-6));
    }

    @Test
    void undetermined_forLongerThanAWindow_endsTheChain() {
        scene.probeThrough(0, 240);
        for (double time = 251.9; time < 395; time += 11.9) {
            scene.probe(time);
        }

        assertThat(scene.account.latest().orElseThrow().verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(scene.account.silence()).isEmpty();
    }

    @Test
    void gap_betweenSilentSamples_restartsTheChainAtOnce() {
        scene.probeThrough(0, 240);
        assertThat(scene.account.silence()).isPresent();

        scene.probe(400);

        assertThat(scene.account.silence()).isEmpty();
        scene.probeThrough(424, 600);
        assertThat(scene.silentFrom()).isGreaterThan(340);
    }

    @Test
    void counter_wipedWithOwnRequestsInside_contradicts() {
        scene.probeThrough(0, 240);
        scene.foreign(250);
        scene.wipe();

        UsagePoint point = scene.probe(264);

        assertThat(point.why()).isEqualTo(UsageReason.CONTRADICTION);
        assertThat(scene.account.silence()).isEmpty();
    }

    @Test
    void counter_wipedBeforeTheFirstOwnRequest_claimsNothingBeforeIt() {
        scene.foreign(-10);
        scene.wipe();

        scene.probeThrough(0, 240);

        assertThat(scene.silentFrom()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void trust_afterAContradiction_isRegainedByEightSamplesAndThreeWindows() {
        scene.probeThrough(0, 240);
        scene.wipe();
        scene.probe(264);

        // The probe of 240 was wiped, too, and is missed once more.
        assertThat(scene.probe(288).why()).isEqualTo(UsageReason.CONTRADICTION);
        assertThat(scene.probeThrough(312, 456).why()).isEqualTo(UsageReason.DISTRUSTED);
        assertThat(scene.probe(480).verdict()).isEqualTo(Verdict.SILENT);
    }

    @Test
    void trust_afterTheThirdContradiction_isLostForGood() {
        double time = 0;
        for (int i = 0; i < 3; i++) {
            scene.probeThrough(time, time + 240);
            scene.wipe();
            time += 264;
        }

        assertThat(scene.probeThrough(time, time + 4_800).why()).isEqualTo(UsageReason.DISTRUSTED);
    }

    @Test
    void trust_afterTheSecondContradiction_isRegained() {
        double time = 0;
        for (int i = 0; i < 2; i++) {
            scene.probeThrough(time, time + 240);
            scene.wipe();
            time += 264;
        }

        assertThat(scene.probeThrough(time, time + 4_800).verdict()).isEqualTo(Verdict.SILENT);
    }

    @Test
    void use_whileTheModelIsInDoubt_isBoundedByAllOwnRequestsOfTheMemoryOnly() {
        scene.probeThrough(0, 240);
        scene.wipe();
        scene.probe(264);
        for (int i = 0; i < 30; i++) {
            scene.foreign(300 + i);
        }

        UsagePoint point = scene.probe(340);

        assertThat(point.verdict()).isEqualTo(Verdict.IN_USE);
        assertThat(point.why()).isEqualTo(UsageReason.DISTRUSTED);
        // 13 own requests were sent since the start, of which the counter of the window holds one, beside 30 of others.
        assertThat(point.foreign()).isEqualTo(new CountRange(31 - 13, 31));
    }

    @Test
    void fewUses_whileTheModelIsInDoubt_areNotTold() {
        scene.probeThrough(0, 240);
        scene.wipe();
        scene.probe(264);
        scene.foreign(300);

        assertThat(scene.probe(340).why()).isEqualTo(UsageReason.DISTRUSTED);
        assertThat(scene.probe(341).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void use_whereResetIsNearerThanNowPlusWindow_isNotCounted() {
        RollingScene other = new RollingScene(RollingScene.model(100, ResetMeaning.NOW_PLUS_WINDOW));
        other.probe(0);
        RateLimitReading reading = new RateLimitReading(100, 50, other.server(24 + 50));

        UsagePoint point = other.probe(24, RollingScene.headers(reading, other.server(24.1)));

        assertThat(point.why()).isEqualTo(UsageReason.WINDOW_REFUTED);
    }

    @Test
    void reset_olderThanOurOldest_contradictsSilence() {
        scene.probe(0);
        RateLimitReading reading = new RateLimitReading(100, 98, scene.server(24 - 30 + 60));

        UsagePoint point = scene.probe(24, RollingScene.headers(reading, scene.server(24.1)));

        assertThat(point.why()).isEqualTo(UsageReason.CONTRADICTION);
    }

    @Test
    void reset_laterThanOurOldest_contradictsSilence() {
        scene.probe(0);
        scene.probe(24);
        RateLimitReading reading = new RateLimitReading(100, 97, scene.server(48 + 60));

        UsagePoint point = scene.probe(48, RollingScene.headers(reading, scene.server(48.1)));

        assertThat(point.why()).isEqualTo(UsageReason.CONTRADICTION);
    }

    @Test
    void reset_declaredNowPlusWindowButOtherwise_provesNothing() {
        RollingScene other = new RollingScene(RollingScene.model(100, ResetMeaning.NOW_PLUS_WINDOW));
        assertThat(other.probe(0).verdict()).isEqualTo(Verdict.SILENT);
        RateLimitReading reading = new RateLimitReading(100, 98, other.server(60));

        UsagePoint point = other.probe(24, RollingScene.headers(reading, other.server(24.1)));

        assertThat(point.why()).isEqualTo(UsageReason.WINDOW_REFUTED);
        assertThat(point.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"NOW_PLUS_WINDOW", "UNKNOWN"})
    void silence_whereResetIsNoWitness_isProvenByTwoSamples(ResetMeaning reset) {
        RollingScene other = new RollingScene(RollingScene.model(100, reset));

        other.probeThrough(0, 240);

        assertThat(other.silentTo()).isEqualTo(216, within(1e-6));
    }

    @Test
    void countsAnswered_declaredOtherwise_shiftsTheCountByOne() {
        WindowModel before = new WindowModel(100, RollingScene.MINUTE, Kind.ROLLING, Duration.ofSeconds(2), false,
                ResetMeaning.OLDEST_PLUS_WINDOW);

        // The limiter counts the request that it answers; the model says it does not, so one request seems foreign.
        assertThat(new RollingScene(before).probe(0).foreign()).isEqualTo(CountRange.ONE);
    }

    @Test
    void serverClock_movedForward_blindsForAWindow() {
        scene.probeThrough(0, 240);
        scene.serverMovedBy = 100;

        assertThat(scene.probe(264).why()).isEqualTo(UsageReason.CLOCK_STEP);
        assertThat(scene.account.silence()).isEmpty();
        assertThat(scene.probeThrough(288, 312).verdict()).isNotEqualTo(Verdict.SILENT);
        assertThat(scene.probeThrough(336, 360).verdict()).isEqualTo(Verdict.SILENT);
    }

    @Test
    void serverClock_movedBack_blindsForTheWayBackToo() {
        scene.probeThrough(0, 240);
        scene.serverMovedBy = -100;

        assertThat(scene.probe(264).why()).isEqualTo(UsageReason.CLOCK_STEP);
        assertThat(scene.probeThrough(288, 408).verdict()).isNotEqualTo(Verdict.SILENT);
        assertThat(scene.probeThrough(432, 600).verdict()).isEqualTo(Verdict.SILENT);
    }

    @Test
    void serverClock_movedByWhatRoundingExplains_isNoStep() {
        scene.probeThrough(0, 240);
        scene.serverMovedBy = 0.5;

        assertThat(scene.probe(264).verdict()).isEqualTo(Verdict.SILENT);
    }

    @Test
    void host_restarted_keepsTheChainByTheServersClock() {
        scene.probeThrough(0, 240);
        scene.restart(250);

        assertThat(scene.probe(264).verdict()).isEqualTo(Verdict.SILENT);
        scene.probeThrough(288, 600);

        // What the two clocks leave open is taken off at both ends.
        assertThat(scene.silentFrom()).isBetween(0.2, 10.0);
        assertThat(scene.silentTo()).isEqualTo(576, within(1e-6));
    }

    @Test
    void host_restartedForLongerThanAWindow_restartsTheChain() {
        scene.probeThrough(0, 240);
        scene.restart(250);
        scene.probeThrough(400, 600);

        assertThat(scene.silentFrom()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void host_restartedWithItsWallClockMoved_isBlindToWhatWasBefore() {
        scene.probeThrough(0, 240);
        scene.restart(250);
        scene.wallMovedBy = -60;

        assertThat(scene.probe(264).why()).isEqualTo(UsageReason.REBOOTED);
        assertThat(scene.account.silence()).isEmpty();
        assertThat(scene.probe(288).foreign()).isEqualTo(new CountRange(0, 1));
        scene.probeThrough(312, 600);
        assertThat(scene.silentFrom()).isGreaterThanOrEqualTo(264);
    }

    @Test
    void host_restartedWhileTheServersClockWasMoved_isBlindToWhatWasBefore() {
        scene.probeThrough(0, 240);
        scene.restart(250);
        scene.serverMovedBy = 60;

        assertThat(scene.probe(264).why()).isEqualTo(UsageReason.REBOOTED);
        assertThat(scene.account.silence()).isEmpty();
    }

    @Test
    void host_restartedWhileTheServersClockWentBack_isBlindUntilAWindowAfterIt() {
        scene.probeThrough(0, 240);
        scene.restart(250);
        scene.serverMovedBy = -60;

        assertThat(scene.probe(264).why()).isEqualTo(UsageReason.REBOOTED);
        // The limiter keeps what it counted before for a minute longer, so that it may seem somebody else's.
        assertThat(scene.probe(330).why()).isEqualTo(UsageReason.CLOCK_STEP);
    }

    /** A cache gives the first answer after the restart once more: the second request never came to the limiter. */
    @Test
    void copyOfTheFirstAnswerAfterARestart_isNotTakenForACount() {
        scene.probeThrough(0, 240);
        scene.restart(250);
        scene.wallMovedBy = -60;
        assertThat(scene.probe(320).why()).isEqualTo(UsageReason.REBOOTED);
        AnswerHeaders copy = scene.headers(320.1);
        scene.foreign(330);

        assertThat(scene.repeated(320.6, copy).why()).isEqualTo(UsageReason.REPEATED);
        assertThat(scene.probe(350).foreign()).isEqualTo(new CountRange(0, 1));
    }

    @Test
    void otherHost_thatRanForLong_doesNotTakeTheFirstOnesRequestsForPastOnes() {
        scene.probeThrough(0, 240);
        scene.takenOver(250, 7_000);
        scene.wallMovedBy = -60;

        assertThat(scene.probe(264).why()).isEqualTo(UsageReason.REBOOTED);
        // The request of 240 is in the window, and is ours: no use by others is certain.
        assertThat(scene.probe(288).foreign().isPositive()).isFalse();
    }

    @Test
    void silence_whereOnlyOneOwnRequestIsInsideForCertain_isOneSpan() {
        WindowModel coarse = new WindowModel(100, Duration.ofSeconds(60), WindowModel.Kind.ROLLING,
                Duration.ofSeconds(13), true, ResetMeaning.OLDEST_PLUS_WINDOW);
        RollingScene buckets = new RollingScene(coarse);
        for (double time = 0; time <= 600; time += 40) {
            buckets.probe(time);
        }

        assertThat(buckets.silentFrom()).isEqualTo(0, within(1e-6));
        assertThat(buckets.silentTo()).isGreaterThan(480);
    }

    @Test
    void host_restartedTwiceBetweenAnswers_isBlindToWhatWasBefore() {
        scene.probeThrough(0, 240);
        scene.restart(245);
        scene.probeLost(250);
        scene.restart(262);

        assertThat(scene.probe(264).verdict()).isNotEqualTo(Verdict.SILENT);
        assertThat(scene.account.silence()).isEmpty();
    }

    @Test
    void ownRequest_fromBeforeARestartOfUnknownLength_isNoughtToOneUntilItHasSurelyLeft() {
        scene.probe(0);
        scene.restart(5);
        scene.wallMovedBy = -60;
        scene.probe(6);

        assertThat(scene.probe(40).foreign()).isEqualTo(new CountRange(0, 1));
    }

    @Test
    void limitReached_byOwnRequestsAlone_provesNothing() {
        RollingScene small = new RollingScene(RollingScene.model(3, ResetMeaning.OLDEST_PLUS_WINDOW));
        small.probe(0);
        small.probe(24);

        UsagePoint point = small.probe(48);

        assertThat(point.why()).isEqualTo(UsageReason.LIMIT_REACHED);
        assertThat(point.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void limitReached_byOthers_isInUse() {
        RollingScene small = new RollingScene(RollingScene.model(3, ResetMeaning.OLDEST_PLUS_WINDOW));
        small.foreign(-1);
        small.foreign(-2);

        assertThat(small.probe(0).verdict()).isEqualTo(Verdict.IN_USE);
    }

    @ParameterizedTest
    @CsvSource({"401,KEY_REFUSED", "402,NO_HEADERS", "404,NO_HEADERS", "429,RATE_LIMITED", "500,NO_ANSWER"})
    void status_thatShowsNoCounter_endsTheChain(int status, UsageReason why) {
        scene.probeThrough(0, 240);

        UsagePoint point = scene.probeAnswered(264, status);

        assertThat(point.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(point.why()).isEqualTo(why);
        assertThat(scene.account.silence()).isEmpty();
    }

    @Test
    void answer_withoutDate_isNoSample() {
        AnswerHeaders full = scene.headers(0);
        AnswerHeaders undated = new AnswerHeaders(full.rateLimit(), full.fault(), OptionalLong.empty(),
                OptionalLong.empty(), Optional.empty(), Optional.empty());

        assertThat(scene.probe(0, undated).why()).isEqualTo(UsageReason.NO_HEADERS);
        assertThat(scene.probe(24).foreign()).isEqualTo(new CountRange(0, 1));
    }

    @Test
    void limit_thatNoWindowIsDeclaredFor_provesNothing() {
        scene.probeThrough(0, 240);
        scene.limit = 500;

        assertThat(scene.probe(264).why()).isEqualTo(UsageReason.NO_MODEL);
        assertThat(scene.account.silence()).isEmpty();
    }

    @Test
    void closedGroup_probedSteadily_isSilent() {
        scene.probeAnswered(0, 403);
        assertThat(scene.probeAnswered(600, 403).verdict()).isEqualTo(Verdict.CLOSED);
        scene.probeAnswered(1_200, 403);

        assertThat(scene.silentFrom()).isEqualTo(0, within(1e-6));
        assertThat(scene.silentTo()).isEqualTo(1_200, within(1e-6));
    }

    @Test
    void closedGroup_unobservedForLong_restartsTheChain() {
        scene.probeAnswered(0, 403);
        scene.probeAnswered(600, 403);

        scene.probeAnswered(100_000, 403);

        assertThat(scene.silentFrom()).isEqualTo(100_000, within(1e-6));
    }

    @Test
    void closedGroup_thatOpens_startsAChainOfItsOwn() {
        scene.probeAnswered(0, 403);
        scene.probeAnswered(300, 403);

        scene.probe(324);
        assertThat(scene.account.silence()).isEmpty();
        scene.probeThrough(348, 600);

        assertThat(scene.silentFrom()).isGreaterThan(300);
    }

    @Test
    void openGroup_thatCloses_startsAChainOfItsOwn() {
        scene.probeThrough(0, 240);
        scene.probeAnswered(264, 403);
        scene.probeAnswered(288, 403);

        assertThat(scene.silentFrom()).isEqualTo(264, within(1e-6));
    }

    @Test
    void entry_ofAnotherVersion_isRefused() {
        Moment now = scene.at(0);
        OwnRequest foreign = OwnRequest.opened("request-x", new VersionId("f".repeat(32)), RollingScene.GROUP, now);

        assertThatIllegalArgumentException().isThrownBy(() -> scene.account.enter(foreign))
                .withMessageContaining("request-x");
    }

    @Test
    void entries_ofALaterBoot_surviveSamplesOfAnEarlierOne() {
        OwnRequests own = new OwnRequests();
        Moment later = new Moment("boot-2", Duration.ofMinutes(5), RollingScene.SERVER_START.plusSeconds(60));
        own.put(OwnRequest.opened("later", RollingScene.VERSION, RollingScene.GROUP, later));

        own.prune(new Moment("boot-1", Duration.ofDays(40), RollingScene.SERVER_START), Duration.ofHours(31));

        assertThat(own.countWithin(later, Duration.ofMinutes(1))).isEqualTo(1);
    }

    @Test
    void entries_olderThanAnyWindow_areForgotten() {
        OwnRequests own = new OwnRequests();
        own.put(OwnRequest.opened("old", RollingScene.VERSION, RollingScene.GROUP, scene.at(0)));

        own.prune(scene.at(200_000), Duration.ofHours(31));

        assertThat(own.countWithin(scene.at(200_000), Duration.ofDays(10))).isZero();
    }

    @Test
    void ownTimes_ofAnsweredUnansweredAndOldRequests_boundWhenEachWasCounted() {
        RollingScene scene = RollingScene.witnessed();
        scene.probe(0);
        scene.probe(100);
        scene.probeUnanswered(124);

        assertThat(scene.account.ownTimes(scene.at(140), Duration.ofSeconds(60))).containsExactly(
                new OwnTime(Duration.ofSeconds(100), Duration.ofMillis(100_200), OwnFate.COUNTED),
                new OwnTime(Duration.ofSeconds(124), Duration.ofSeconds(154), OwnFate.UNKNOWN));
    }

    @Test
    void ownTimes_afterARestartOfTheHost_leaveOpenWhenTheOthersWere() {
        RollingScene scene = RollingScene.witnessed();
        scene.probe(0);
        scene.boot = "boot-2";
        scene.bootedAt = 100;

        assertThat(scene.account.ownTimes(scene.at(103), Duration.ofSeconds(60))).singleElement()
                .satisfies(time -> assertThat(time.isDated()).isFalse())
                .satisfies(time -> assertThat(time.latest()).isEqualTo(OwnRequest.LONGEST_FLIGHT));
        assertThat(scene.account.ownTimes(scene.at(200), Duration.ofSeconds(60))).isEmpty();
    }

    @Test
    void ownTimes_ofAnotherHost_areBoundByItsWallClock() {
        RollingScene scene = RollingScene.witnessed();
        scene.probe(0);
        Moment elsewhere = new Moment("boot-x", Duration.ofDays(3), scene.at(10).wall());
        scene.account.enter(OwnRequest.opened("elsewhere", RollingScene.VERSION, RollingScene.GROUP, elsewhere));

        assertThat(scene.account.ownTimes(scene.at(20), Duration.ofSeconds(60))).first()
                .satisfies(time -> assertThat(time.isDated()).isFalse())
                .satisfies(time -> assertThat(time.latest()).isEqualTo(Duration.ofSeconds(310)));
    }
}
