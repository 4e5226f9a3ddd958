package io.keywane.usage;

import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** Each bound by which an own request is in a window, perhaps in it, or not. */
class OwnWindowsTest {
    private static final WindowModel MODEL = new WindowModel(100, Duration.ofSeconds(100), Kind.ROLLING,
            Duration.ofSeconds(5), true, ResetMeaning.OLDEST_PLUS_WINDOW);
    private static final long INSIDE = Millis.floor(MODEL.inside());
    private static final long OUTSIDE = Millis.ceil(MODEL.outside());
    private static final long LAG = Millis.ceil(MODEL.lag());
    private static final long NOW = 1_000_000;
    private static final long RESET = 1_800_000_000L;
    private static final RateLimitReading READING = new RateLimitReading(100, 90, Instant.ofEpochSecond(RESET));

    private final OwnRing ring = new OwnRing();
    private final OwnWindows windows = new OwnWindows(ring);

    private int add(long min, long max, OwnFate fate) {
        int place = ring.add(min, max);
        ring.fate(place, fate);
        return place;
    }

    private OwnCount rolling() {
        return windows.countRolling(new Shot(NOW, NOW + 100, -1), MODEL, 0);
    }

    @Test
    void counted_youngerThanTheWindow_isOne_andAtItsEdgeInDoubt() {
        add(NOW + 100 - INSIDE, NOW + 100 - INSIDE, OwnFate.COUNTED);
        assertThat(rolling().range()).isEqualTo(new CountRange(1, 2));
        add(NOW + 101 - INSIDE, NOW + 101 - INSIDE, OwnFate.COUNTED);
        assertThat(rolling().range()).isEqualTo(new CountRange(2, 3));
        assertThat(rolling().witness()).isEqualTo(1);
        assertThat(rolling().lost()).isZero();
    }

    @Test
    void request_olderThanTheWindow_isNone_andAtItsEdgeInDoubt() {
        add(NOW - OUTSIDE - 1, NOW - OUTSIDE - 1, OwnFate.COUNTED);
        assertThat(rolling().range()).isEqualTo(CountRange.ONE);
        add(NOW - OUTSIDE, NOW - OUTSIDE, OwnFate.COUNTED);
        assertThat(rolling().range()).isEqualTo(new CountRange(1, 2));
    }

    /** One that was long under way may be inside, whatever was sent after it. */
    @Test
    void request_sentLongAgoAndLongUnderWay_isInDoubt() {
        add(NOW - OUTSIDE - 500, NOW - OUTSIDE, OwnFate.UNKNOWN);
        add(NOW - OUTSIDE - 400, NOW - OUTSIDE - 400, OwnFate.COUNTED);

        assertThat(rolling().range()).isEqualTo(new CountRange(1, 2));
        assertThat(rolling().lost()).isEqualTo(1);
    }

    @Test
    void request_ofTheVeryTimeOfTheSample_isInDoubtOnlyIfItWasSentBefore() {
        add(NOW + 100, NOW + 200, OwnFate.COUNTED);
        assertThat(rolling().range()).isEqualTo(CountRange.ONE);
        add(NOW + 99, NOW + 99, OwnFate.COUNTED);
        assertThat(rolling().range()).isEqualTo(new CountRange(1, 2));
    }

    @Test
    void counted_lately_isOneOnceItMustShow() {
        add(NOW - LAG, NOW - LAG, OwnFate.COUNTED);
        assertThat(rolling().range()).isEqualTo(new CountRange(2, 2));
        add(NOW - LAG, NOW - LAG + 1, OwnFate.COUNTED);
        assertThat(rolling().range()).isEqualTo(new CountRange(2, 3));
    }

    @Test
    void sampleItself_countsOnce_andStrangersInDoubt() {
        int self = add(NOW, NOW + 100, OwnFate.COUNTED);

        OwnCount count = windows.countRolling(new Shot(NOW, NOW + 100, self), MODEL, 3);

        assertThat(count.range()).isEqualTo(new CountRange(1, 4));
        assertThat(count.witness()).isEqualTo(-1);
    }

    @Test
    void requestsOfUnknownFate_areInDoubt_andLost() {
        add(NOW - 500, NOW - 500, OwnFate.UNKNOWN);
        add(NOW - 400, NOW - 400, OwnFate.UNKNOWN);
        assertThat(rolling().lost()).isEqualTo(2);
        assertThat(rolling().witness()).isEqualTo(-1);
    }

    private OwnCount fixed() {
        return windows.countFixed(new Shot(NOW, NOW + 100, -1), READING, NOW - 50_000, 0);
    }

    private int addShown(long min, long max, OwnFate fate, long limit, long reset) {
        int place = add(min, max, fate);
        ring.answer(place, windows.code(limit), reset);
        return place;
    }

    @ParameterizedTest
    @CsvSource({"COUNTED, 100, 0, 2, 2, 'the same Reset: certainly in'",
        "COUNTED, 100, 60, 1, 1, 'another Reset: certainly not'", "COUNTED, 200, 0, 1, 2, 'another limit: in doubt'",
        "COUNTED, 200, 60, 1, 2, 'another limit, another Reset: in doubt'",
        "UNKNOWN, 100, 0, 1, 2, 'of unknown fate: in doubt'", "UNKNOWN, 100, 60, 1, 2, 'of unknown fate: in doubt'"})
    void fixedWindow_countsThoseOfItsReset(OwnFate fate, long limit, long later, long lo, long hi, String why) {
        addShown(NOW - 1_000, NOW - 1_000, fate, limit, RESET + later);

        assertThat(fixed().range()).as(why).isEqualTo(new CountRange(lo, hi));
        assertThat(fixed().lost()).isEqualTo(fate == OwnFate.COUNTED ? 0 : 1);
    }

    @Test
    void fixedWindow_doesNotKnowARequestWhoseAnswerShowedNoReset() {
        addShown(NOW - 1_000, NOW - 1_000, OwnFate.COUNTED, 100, 0);

        assertThat(fixed().range()).isEqualTo(new CountRange(1, 2));
    }

    @Test
    void fixedWindow_requestThatEndedAtTheSample_isCertain_andLaterInDoubt() {
        addShown(NOW - 10, NOW, OwnFate.COUNTED, 100, RESET);
        assertThat(fixed().range()).isEqualTo(new CountRange(2, 2));
        addShown(NOW - 10, NOW + 1, OwnFate.COUNTED, 100, RESET);
        assertThat(fixed().range()).isEqualTo(new CountRange(2, 3));
        addShown(NOW + 99, NOW + 99, OwnFate.UNKNOWN, 100, 0);
        assertThat(fixed().range()).isEqualTo(new CountRange(2, 4));
        addShown(NOW + 100, NOW + 100, OwnFate.UNKNOWN, 100, 0);
        assertThat(fixed().range()).isEqualTo(new CountRange(2, 4));
    }

    @Test
    void fixedWindow_requestsBeforeItsBegin_areNotInIt() {
        long begin = NOW - 50_000 - 3_000;
        add(begin - 500, begin - 1, OwnFate.UNKNOWN);
        assertThat(fixed().range()).isEqualTo(CountRange.ONE);
        add(begin - 499, begin, OwnFate.UNKNOWN);
        assertThat(fixed().range()).isEqualTo(new CountRange(1, 2));
        add(begin - 400, begin - 400, OwnFate.UNKNOWN);
        assertThat(fixed().range()).isEqualTo(new CountRange(1, 2));
    }

    /** The same from an entry so old that its longest flight just reaches the begin. */
    @Test
    void fixedWindow_requestLongUnderWay_isInDoubt() {
        long begin = NOW - 50_000 - 3_000;
        add(begin - 500, begin, OwnFate.UNKNOWN);

        assertThat(fixed().range()).isEqualTo(new CountRange(1, 2));
    }

    @Test
    void fixedWindow_leavesTheSampleOut() {
        int self = addShown(NOW, NOW + 100, OwnFate.COUNTED, 100, RESET);

        assertThat(windows.countFixed(new Shot(NOW, NOW + 100, self), READING, NOW - 50_000, 2).range())
                .isEqualTo(new CountRange(1, 3));
    }

    @Test
    void limits_beyondFifteen_haveNoCode_andProveNothing() {
        for (int limit = 1; limit <= 15; limit++) {
            assertThat(windows.code(limit)).isEqualTo(limit);
        }
        assertThat(windows.code(16)).isZero();
        assertThat(windows.code(15)).isEqualTo(15);
        int place = addShown(NOW - 1_000, NOW - 1_000, OwnFate.COUNTED, 16, RESET);
        windows.claim(place);
        assertThat(ring.isClaim(place)).isFalse();
        assertThat(windows.countFixed(new Shot(NOW, NOW, -1), new RateLimitReading(16, 1, READING.reset()),
                NOW - 50_000, 0).range()).isEqualTo(new CountRange(1, 2));
    }

    @Test
    void claims_areFoundByTimeAndLimit() {
        int first = addShown(NOW, NOW, OwnFate.COUNTED, 100, 0);
        int other = addShown(NOW + 10, NOW + 10, OwnFate.COUNTED, 200, 0);
        int last = addShown(NOW + 20, NOW + 20, OwnFate.COUNTED, 100, 0);
        windows.claim(first);
        windows.claim(other);
        windows.claim(-1);
        assertThat(windows.nextClaim(NOW, 100)).isEqualTo(first);
        assertThat(windows.nextClaim(NOW + 1, 100)).isEqualTo(-1);
        assertThat(windows.nextClaim(NOW + 1, 200)).isEqualTo(other);
        windows.claim(last);
        assertThat(windows.nextClaim(NOW + 1, 100)).isEqualTo(last);
        assertThat(windows.nextClaim(NOW + 21, 100)).isEqualTo(-1);
    }

    @Test
    void claim_ofAFullRing_isNotFoundAgainBehindItsEnd() {
        windows.claim(addShown(NOW, NOW, OwnFate.COUNTED, 100, 0));
        for (int i = 1; i < 8; i++) {
            add(NOW + i, NOW + i, OwnFate.COUNTED);
        }

        assertThat(windows.nextClaim(NOW + 1, 100)).isEqualTo(-1);
    }

    @Test
    void witness_isTheOldestCertainlyInsideThatWasCountedBefore() {
        add(NOW - INSIDE, NOW - INSIDE, OwnFate.COUNTED);
        int claim = add(NOW, NOW, OwnFate.COUNTED);
        assertThat(windows.witnessOf(claim, MODEL)).isEqualTo(-1);
        add(NOW - INSIDE + 1, NOW, OwnFate.UNKNOWN);
        assertThat(windows.witnessOf(2, MODEL)).isEqualTo(-1);
        add(NOW - INSIDE + 2, NOW + 1, OwnFate.COUNTED);
        assertThat(windows.witnessOf(3, MODEL)).isEqualTo(-1);
        add(NOW - INSIDE + 3, NOW, OwnFate.COUNTED);
        assertThat(windows.witnessOf(4, MODEL)).isEqualTo(3);
    }

    @Test
    void witness_inAFixedWindow_isOfTheSameLimitAndReset() {
        WindowModel model = new WindowModel(100, Duration.ofSeconds(100), Kind.FIXED, Duration.ZERO, true,
                ResetMeaning.UNKNOWN);
        addShown(NOW - 900, NOW - 900, OwnFate.COUNTED, 200, RESET);
        addShown(NOW - 800, NOW - 800, OwnFate.COUNTED, 100, RESET - 60);
        int claim = addShown(NOW, NOW, OwnFate.COUNTED, 100, RESET);
        assertThat(windows.witnessOf(claim, model)).isEqualTo(-1);
        addShown(NOW - 700, NOW - 700, OwnFate.COUNTED, 100, RESET);
        assertThat(windows.witnessOf(3, model)).isEqualTo(2);
    }

    @Test
    void lostAndNext_lookAfterATime() {
        add(NOW, NOW, OwnFate.UNKNOWN);
        add(NOW + 1, NOW + 1, OwnFate.COUNTED);
        add(NOW + 2, NOW + 2, OwnFate.UNKNOWN);
        assertThat(windows.lostAfter(NOW)).isEqualTo(1);
        assertThat(windows.lostAfter(NOW - 1)).isEqualTo(2);
        assertThat(windows.lostAfter(NOW + 2)).isZero();
        assertThat(windows.nextSent(NOW)).isEqualTo(NOW + 1);
        assertThat(windows.nextSent(NOW + 2)).isEqualTo(NOW + 2);
    }
}
