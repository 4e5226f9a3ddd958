package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What is known of each own request, through late outcomes and restarts of the host. Times are milliseconds. */
class OwnRequestsTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final VersionId VERSION = new VersionId("0123456789abcdef0123456789abcdef");
    private static final LimiterGroup GROUP = new LimiterGroup("general");
    private static final Duration LONG = Duration.ofDays(1);
    private static final long FLIGHT = 30_000;
    private static final long REMEMBERED = 600_000;
    private static final WindowModel MINUTE = new WindowModel(100, Duration.ofMinutes(1), Kind.ROLLING,
            Duration.ofSeconds(3), true, ResetMeaning.UNKNOWN);

    private final OwnRequests own = new OwnRequests();
    private String boot = "a";

    OwnRequestsTest() {
        own.arrive("a");
    }

    private Moment at(long time) {
        return new Moment(boot, Duration.ofMillis(time), START.plusMillis(time));
    }

    private OwnRequest sent(String id, long time) {
        OwnRequest entry = OwnRequest.opened(id, VERSION, GROUP, at(time));
        own.put(entry);
        return entry;
    }

    private void settle(OwnRequest entry, OwnFate fate, long time) {
        own.put(entry.settle(fate, at(time)));
    }

    private void counted(String id, long time, long answered) {
        settle(sent(id, time), OwnFate.COUNTED, answered);
    }

    private Shot shoot(OwnRequest entry) {
        return own.shoot(new Sample(entry.id(), VERSION, GROUP, ProbeKind.LIVENESS, entry.sent(), entry.sent(), 0,
                ProbeOutcome.UNKNOWN, Optional.of(ProbeFailure.TIMEOUT), AnswerHeaders.NONE),
                Millis.ceil(entry.sent()));
    }

    /** The places, oldest first, as {@code from-to fate}. */
    private List<String> known(long now) {
        return own.times(at(now), LONG).stream().map(OwnRequestsTest::words).toList();
    }

    private static String words(OwnTime time) {
        return time.earliest().toMillis() + "-" + time.latest().toMillis() + " " + time.fate();
    }

    private void restart(String next) {
        boot = next;
        own.arrive(next);
    }

    @Test
    void request_thatIsAnswered_isOne() {
        counted("r", 1_000, 1_200);
        assertThat(known(2_000)).containsExactly("1000-1200 COUNTED");
    }

    @Test
    void request_answeredInTheMillisecondOfItsSending_isCounted() {
        counted("r", 1_000, 1_000);

        assertThat(known(2_000)).containsExactly("1000-1000 COUNTED");
    }

    @Test
    void answer_beforeTheSending_isNone() {
        counted("r", 1_000, 999);

        assertThat(known(2_000)).containsExactly("1000-31000 UNKNOWN");
    }

    @Test
    void outcome_afterTheSampleWasJudged_findsItsRequestByTheTime() {
        OwnRequest entry = sent("r", 1_000);
        own.judged(shoot(entry));

        settle(entry, OwnFate.COUNTED, 1_200);

        assertThat(known(2_000)).containsExactly("1000-1200 COUNTED");
    }

    @Test
    void outcome_ofARequestThatWasNeverEntered_addsIt() {
        OwnRequest entry = sent("r", 1_000);
        own.judged(shoot(entry));

        counted("earlier", 500, 600);

        assertThat(known(2_000)).containsExactly("500-600 COUNTED", "1000-31000 PENDING");
    }

    @Test
    void twoRequests_ofOneMillisecond_areTwo_andFoundByTheirIdentity() {
        OwnRequest first = sent("first", 1_000);
        OwnRequest second = sent("second", 1_000);
        assertThat(shoot(second).self()).isEqualTo(1);

        settle(second, OwnFate.COUNTED, 1_200);
        assertThat(known(2_000)).containsExactly("1000-31000 PENDING", "1000-1200 COUNTED");
        settle(first, OwnFate.UNKNOWN, 1_300);
        assertThat(known(2_000)).containsExactly("1000-31000 UNKNOWN", "1000-1200 COUNTED");
    }

    @Test
    void lateEntry_movesThoseBehindIt_andNoOther() {
        OwnRequest before = sent("before", 500);
        OwnRequest behind = sent("behind", 2_000);
        OwnRequest late = sent("late", 1_000);

        settle(behind, OwnFate.COUNTED, 2_500);
        settle(late, OwnFate.COUNTED, 1_500);
        settle(before, OwnFate.COUNTED, 600);

        assertThat(known(3_000)).containsExactly("500-600 COUNTED", "1000-1500 COUNTED", "2000-2500 COUNTED");
    }

    @Test
    void identity_isRememberedForTenMinutes_thenTheTimeMustDo() {
        sent("first", 1_000);
        OwnRequest second = sent("second", 1_000);
        sent("third", 1_000 + REMEMBERED);
        settle(second, OwnFate.COUNTED, 1_200);
        assertThat(known(2_000)).startsWith("1000-31000 PENDING", "1000-1200 COUNTED");

        sent("fourth", 1_001 + REMEMBERED);
        settle(second, OwnFate.UNKNOWN, 1_200);

        assertThat(known(2_000)).startsWith("1000-31000 UNKNOWN", "1000-1200 COUNTED");
    }

    @Test
    void judged_itsRequestAloneIsForgotten() {
        OwnRequest first = sent("first", 1_000);
        OwnRequest second = sent("second", 1_000);
        own.judged(shoot(first));

        sent("first", 5_000);
        settle(second, OwnFate.COUNTED, 1_200);

        assertThat(known(6_000)).containsExactly("1000-31000 PENDING", "1000-1200 COUNTED", "5000-35000 PENDING");
    }

    @Test
    void judged_ofAnotherRequest_forgetsNone() {
        sent("first", 1_000);
        own.judged(shoot(OwnRequest.opened("first", VERSION, GROUP, at(1_000))));
        OwnRequest second = sent("second", 1_000);

        own.judged(new Shot(900, 900, -1));
        settle(second, OwnFate.COUNTED, 1_200);

        assertThat(known(2_000)).containsExactly("1000-31000 PENDING", "1000-1200 COUNTED");
    }

    @Test
    void date_narrowsWhenItsRequestWasCounted_unlessAnotherAnswerCameBetween() {
        RateLimitReading reading = new RateLimitReading(100, 99, START);
        counted("narrowed", 1_000, 2_000);
        own.judged(new Shot(900, 1_000, -1));
        own.answered(new Shot(1_000, 1_500, 0), reading, false);
        assertThat(known(3_000)).containsExactly("1000-1500 COUNTED");

        counted("overlapped", 3_000, 4_000);
        own.judged(new Shot(2_900, 3_001, -1));
        own.answered(new Shot(3_000, 3_500, 1), reading, false);
        assertThat(known(5_000)).last().isEqualTo("3000-4000 COUNTED");

        settle(sent("unknown", 6_000), OwnFate.UNKNOWN, 7_000);
        own.answered(new Shot(6_000, 6_500, 2), reading, false);
        assertThat(known(8_000)).last().isEqualTo("6000-36000 UNKNOWN");
    }

    @Test
    void distrust_takesThemAllForNoughtToOne_orOne() {
        counted("first", 1_000, 1_100);
        counted("second", 2_000, 2_100);
        counted("third", 3_000, 3_100);
        own.distrust(new Shot(1_000, 1_100, 0));
        own.distrust(new Shot(9_000, 9_100, -1));
        assertThat(known(4_000)).containsExactly("1000-1100 UNKNOWN", "2000-2100 COUNTED", "3000-3100 COUNTED");

        own.distrust();

        assertThat(known(4_000)).containsExactly("1000-1100 UNKNOWN", "2000-2100 UNKNOWN", "3000-3100 UNKNOWN");
    }

    @Test
    void distrust_ofNone_isNoError() {
        own.distrust();

        assertThat(known(1_000)).isEmpty();
    }

    @Test
    void oldRequests_areForgotten_whenNoWindowHoldsThem() {
        counted("old", 1_000, 1_100);
        counted("kept", 1_500, 2_000);

        own.prune(at(62_000), MINUTE.length());

        assertThat(known(62_000)).containsExactly("1500-2000 COUNTED");
    }

    @Test
    void identity_survivesTheForgettingOfOlderRequests() {
        counted("old", 1_000, 1_100);
        sent("first", 3_000_000);
        OwnRequest second = sent("second", 3_000_000);

        own.prune(at(3_001_000), MINUTE.length());
        settle(second, OwnFate.COUNTED, 3_000_200);

        assertThat(known(3_002_000)).containsExactly("3000000-3030000 PENDING", "3000000-3000200 COUNTED");
    }

    /** Its time is not that of its sending any more, so that only its identity tells which it is. */
    @Test
    void identity_ofTheOldestAfterForgetting_isStillKnown() {
        OwnRequest old = sent("old", 1_000);
        OwnRequest slow = sent("slow", 2_000);
        settle(slow, OwnFate.COUNTED, 3_000_000);
        settle(old, OwnFate.COUNTED, 1_100);

        own.prune(at(100_000), MINUTE.length());
        settle(slow, OwnFate.COUNTED, 3_000_000);
        assertThat(known(3_000_000)).hasSize(1);

        own.prune(at(3_100_000), MINUTE.length());
        assertThat(known(3_100_000)).isEmpty();
    }

    @Test
    void nothing_isForgotten_whileTheRestartIsNotUnderstood() {
        counted("before", 1_000, 1_100);
        restart("b");

        own.prune(at(9_000_000), MINUTE.length());

        own.rebase(new Shift(0, 0));
        assertThat(own.times(at(2_000), LONG)).hasSize(1);
    }

    @Test
    void restart_ofKnownLength_shiftsThem_andASecondOneUnseenMakesThemNoughtToOne() {
        counted("before", 100_000, 100_100);
        restart("b");
        own.rebase(new Shift(-50_000, -40_000));
        assertThat(known(70_000)).containsExactly("50000-60100 COUNTED");

        restart("c");
        own.rebase(new Shift(0, 0));
        assertThat(known(70_000)).containsExactly("50000-60100 COUNTED");

        restart("d");
        restart("e");
        own.rebase(new Shift(0, 0));

        assertThat(own.times(at(70_000), LONG)).singleElement()
                .satisfies(time -> assertThat(time.fate()).isEqualTo(OwnFate.UNKNOWN));
    }

    @Test
    void restart_ofUnknownLength_leavesThemAnyTimeUpToNow_orInFlight() {
        counted("counted", 100_000, 100_100);
        sent("pending", 101_000);
        restart("b");

        own.forgetAges(5_000);

        List<OwnTime> times = own.times(at(6_000), LONG);
        assertThat(times).extracting(OwnTime::latest).containsExactly(Duration.ofMillis(5_000),
                Duration.ofMillis(5_000 + FLIGHT));
        assertThat(times).extracting(OwnTime::fate).containsExactly(OwnFate.UNKNOWN, OwnFate.PENDING);
    }

    @Test
    void strangers_areCountedForAWindowAndTheSlackOfWallClocks() {
        own.put(OwnRequest.opened("there", VERSION, GROUP, new Moment("b", Duration.ofHours(9), START)));
        long past = Millis.ceil(MINUTE.outside()) + 300_000;

        assertThat(own.strangers(at(past), MINUTE)).isEqualTo(1);
        assertThat(own.strangers(at(past + 1), MINUTE)).isZero();
        assertThat(own.countWithin(at(past), MINUTE.outside())).isEqualTo(1);
        assertThat(own.countWithin(at(past + 1), MINUTE.outside())).isZero();
    }

    @Test
    void countWithin_takesWhatMayHaveBeenCountedSince() {
        counted("first", 1_000, 2_000);
        sent("second", 3_000);
        Duration span = Duration.ofSeconds(10);

        assertThat(own.countWithin(at(12_000), span)).isEqualTo(2);
        assertThat(own.countWithin(at(12_001), span)).isEqualTo(1);
        assertThat(own.countWithin(at(13_000 + FLIGHT), span)).isEqualTo(1);
        assertThat(own.countWithin(at(13_001 + FLIGHT), span)).isZero();
    }

    @Test
    void countWithin_afterARestart_takesThoseBeforeUntilAllOfThemAreOld() {
        counted("first", 900_000, 900_100);
        Duration span = Duration.ofSeconds(10);
        boot = "b";
        assertThat(own.countWithin(at(10_000 + FLIGHT), span)).as("another boot").isEqualTo(1);
        assertThat(own.countWithin(at(10_001 + FLIGHT), span)).isZero();

        own.arrive("b");
        counted("second", 5_000, 5_100);

        assertThat(own.countWithin(at(15_100), span)).isEqualTo(2);
        assertThat(own.countWithin(at(10_000 + FLIGHT), span)).isEqualTo(1);
        assertThat(own.countWithin(at(10_001 + FLIGHT), span)).isZero();
    }

    @Test
    void times_beginWhereTheSpanDoes() {
        counted("first", 1_000, 2_000);

        assertThat(own.times(at(12_000), Duration.ofSeconds(10))).hasSize(1);
        assertThat(own.times(at(12_001), Duration.ofSeconds(10))).isEmpty();
    }

    @Test
    void times_afterARestart_leaveOpenWhenThoseBeforeWere() {
        counted("first", 900_000, 900_100);
        boot = "b";
        OwnTime undated = OwnTime.undated(OwnRequest.LONGEST_FLIGHT);
        assertThat(own.times(at(5_000), LONG)).as("another boot").containsExactly(undated);

        own.arrive("b");
        counted("second", 6_000, 6_100);

        assertThat(own.times(at(7_000), LONG)).containsExactly(undated,
                new OwnTime(Duration.ofMillis(6_000), Duration.ofMillis(6_100), OwnFate.COUNTED));
    }

    @Test
    void times_ofAnotherBootsRequest_seenFromThere_areItsOwn() {
        OwnRequest there = OwnRequest.opened("there", VERSION, GROUP, new Moment("b", Duration.ofSeconds(7), START));
        own.put(there.settle(OwnFate.COUNTED, new Moment("b", Duration.ofMillis(7_100), START)));
        OwnRequest open = OwnRequest.opened("open", VERSION, GROUP, new Moment("b", Duration.ofSeconds(8), START));
        own.put(open);
        boot = "b";

        assertThat(known(9_000)).containsExactly("7000-7100 COUNTED", "8000-38000 PENDING");
    }
}
