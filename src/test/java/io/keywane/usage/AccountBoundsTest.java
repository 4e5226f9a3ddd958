package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.usage.UsagePoint.Verdict;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Each bound of the account on its edge: of Reset, of the map of windows, of the last use, of a group that opens. */
class AccountBoundsTest {
    private static final WindowModel MINUTE = RollingScene.model(100, ResetMeaning.OLDEST_PLUS_WINDOW);
    private static final WindowModel HOUR = new WindowModel(400, Duration.ofHours(1), Kind.ROLLING,
            Duration.ofSeconds(3), true, ResetMeaning.OLDEST_PLUS_WINDOW);

    private RollingScene scene = RollingScene.witnessed();

    /** A probe whose answer shows so many as used of a limit, and a Reset so far ahead. */
    private UsagePoint shown(double time, long limit, long used, long ahead) {
        RateLimitReading reading = new RateLimitReading(limit, limit - used,
                scene.server(time + RollingScene.FLIGHT).plusSeconds(ahead));
        return scene.probe(time, RollingScene.headers(reading, scene.server(time + RollingScene.FLIGHT)));
    }

    private void minuteThenHour() {
        scene.known = List.of(KnownWindow.declared(MINUTE), KnownWindow.declared(HOUR));
        shown(0, 100, 1, 60);
    }

    @Test
    void resetOfAnOwnRequest_thatNoShorterWindowHolds_tellsWhichWindowIsShown() {
        minuteThenHour();

        UsagePoint point = shown(3_560, 400, 2, 40);

        assertThat(point.why()).isEqualTo(UsageReason.MODEL_DECLARED);
        assertThat(point.verdict()).isEqualTo(Verdict.SILENT);
    }

    @Test
    void resetNear_whereOthersMayHaveSetIt_doesNotTellWhichWindowIsShown() {
        minuteThenHour();

        UsagePoint point = shown(3_560, 400, 3, 40);

        assertThat(point.why()).isEqualTo(UsageReason.LIMIT_CHANGED);
        assertThat(point.foreign()).isEqualTo(new CountRange(1, 3));
    }

    @Test
    void resetThatIsNotOurs_doesNotTellWhichWindowIsShown() {
        minuteThenHour();

        assertThat(shown(3_560, 400, 2, 60).why()).isEqualTo(UsageReason.LIMIT_CHANGED);
    }

    @Test
    void useInAnUncertainWindow_isToldFromOneMoreThanAllOurOwn() {
        minuteThenHour();

        UsagePoint point = shown(200, 400, 2, 40);

        assertThat(point.why()).isEqualTo(UsageReason.LIMIT_CHANGED);
        assertThat(point.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void reset_asLateAsTheEdgeOfTheWindowAllows_isNoContradiction() {
        shown(0, 100, 1, 60);

        // Counted by 0.2 s; 3.006 s are the edge.
        assertThat(shown(20.206, 100, 2, 60 - 17).verdict()).isEqualTo(Verdict.SILENT);
        assertThat(shown(21.205, 100, 3, 60 - 17).why()).isEqualTo(UsageReason.CONTRADICTION);
    }

    @Test
    void reset_asEarlyAsOurOldestAllows_isNoContradiction() {
        shown(0, 100, 1, 60);

        // Sent at 0; the answer is complete by 20.994 s; 3.006 s are tolerance, drift and the second of a Date.
        assertThat(shown(20.794, 100, 2, 60 - 24).verdict()).isEqualTo(Verdict.SILENT);
        scene = RollingScene.witnessed();
        shown(0, 100, 1, 60);
        assertThat(shown(20.793, 100, 2, 60 - 24).why()).isEqualTo(UsageReason.CONTRADICTION);
    }

    @Test
    void lastUse_ofAKeyThatNobodyUses_isNone() {
        assertThat(scene.account.lastUse()).isEmpty();
        scene.probe(0);

        assertThat(scene.account.lastUse()).isEmpty();
    }

    @Test
    void lastUse_atFirst_liesInTheWindowOfItsSample() {
        scene.foreign(-10);

        scene.probe(0);

        assertThat(lastUse()).containsExactly(new double[]{-Millis.ceil(MINUTE.outside()) / 1e3, 0.2}, within(1e-6));
    }

    @Test
    void lastUse_whereTheCountGrew_liesAfterTheSampleBefore() {
        scene.foreign(-10);
        scene.probe(0);
        scene.foreign(12);

        scene.probe(24);

        assertThat(lastUse()).containsExactly(new double[]{0, 24.2}, within(1e-6));
    }

    @Test
    void lastUse_whereTheCountDidNotGrow_mayBeThatOfTheSampleBefore() {
        scene.foreign(-10);
        scene.probe(0);

        scene.probe(24);

        assertThat(lastUse()).containsExactly(new double[]{24 - Millis.ceil(MINUTE.outside()) / 1e3, 24.2},
                within(1e-6));
    }

    @Test
    void lastUse_whereTheCountGrewByWhatIsInDoubt_mayBeThatOfTheSampleBefore() {
        scene.probe(0);
        scene.foreign(30);
        // The own request is at the edge: one or two of others.
        assertThat(scene.probe(60).foreign()).isEqualTo(new CountRange(0, 1));
        scene.foreign(61);

        assertThat(scene.probe(70).foreign().lo()).isPositive();

        assertThat(lastUse()[0]).isEqualTo(60, within(1e-6));
    }

    @Test
    void lastUse_inAnotherWindowThanBefore_isNotComparedWithIt() {
        scene.known = List.of(KnownWindow.declared(MINUTE), KnownWindow.declared(HOUR));
        shown(4_000, 100, 3, 10);

        // The hour holds more than the minute; that tells nothing of the time between.
        assertThat(shown(4_024, 400, 30, 3_000).verdict()).isEqualTo(Verdict.IN_USE);

        assertThat(lastUse()[0]).isEqualTo(4_000 - Millis.ceil(MINUTE.outside()) / 1e3, within(1e-6));
    }

    @Test
    void lastUse_whereTheWindowIsInDoubt_liesInTheLongestMemory() {
        scene.known = List.of(KnownWindow.declared(MINUTE), KnownWindow.declared(HOUR));
        shown(0, 100, 1, 60);

        UsagePoint point = shown(4_000, 400, 30, 40);

        assertThat(point.why()).isEqualTo(UsageReason.LIMIT_CHANGED);
        assertThat(point.verdict()).isEqualTo(Verdict.IN_USE);
        assertThat(lastUse()[0]).isEqualTo(4_000 - (double) GroupAccount.MEMORY.toSeconds(), within(1e-6));
        assertThat(shown(4_024, 400, 60, 40).verdict()).isEqualTo(Verdict.IN_USE);
        assertThat(lastUse()[0]).as("in doubt, more is no sign").isEqualTo(
                4_024 - (double) GroupAccount.MEMORY.toSeconds(),
                within(1e-6));
    }

    @Test
    void lastUse_onAnotherBoot_isThatOfTheBootBefore_untilItIsSeenAnew() {
        scene.foreign(-10);
        scene.probe(0);
        scene.restart(10);
        scene.serverMovedBy = 500;

        scene.probe(24);

        assertThat(scene.account.lastUse().orElseThrow().earliest().boot()).isEqualTo("boot-1");
    }

    private double[] lastUse() {
        LastUse use = scene.account.lastUse().orElseThrow();
        return new double[]{seconds(use.earliest()), seconds(use.latest())};
    }

    private static double seconds(Moment moment) {
        return moment.sinceBoot().toNanos() / 1e9;
    }

    @Test
    void closedGroup_lookedAtEachQuarterOfAnHour_isSilent() {
        scene.probeAnswered(0, 403);
        scene.probeAnswered(900, 403);
        assertThat(scene.silentFrom()).isEqualTo(0, within(1e-6));

        scene.probeAnswered(1_800.001, 403);

        assertThat(scene.silentFrom()).isEqualTo(1_800.001, within(1e-6));
    }

    @Test
    void closedGroup_thatOpensBehindARestartAndALostProbe_startsAChainOfItsOwn() {
        scene.probeThrough(0, 240);
        scene.probeAnswered(264, 403);
        scene.probeAnswered(300, 403);
        scene.restart(310);
        scene.probeLost(320);

        scene.probe(344);

        assertThat(scene.account.silence()).isEmpty();
    }

    @Test
    void otherHost_beforeAnyAnswer_waitsForNothing() {
        scene.probeLost(0);
        scene.restart(10);
        scene.probeLost(20);
        scene.probeThrough(44, 200);

        assertThat(scene.account.silence()).isPresent();
    }

    @Test
    void restart_whoseFirstProbeIsLost_isStillBridgedByTheNext() {
        scene.probeThrough(0, 240);
        scene.restart(250);
        scene.probeLost(264);

        scene.probe(276);

        assertThat(scene.account.silence()).isPresent();
    }
}
