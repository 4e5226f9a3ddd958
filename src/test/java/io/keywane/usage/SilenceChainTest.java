package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.usage.ProofPolicy.FixedWindows;
import io.keywane.usage.ProofPolicy.ShadowSpans;
import io.keywane.usage.SilentSpan.Cause;
import io.keywane.usage.SilentSpan.Hole;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Each bound by which silent samples join to one silence, or do not. Times are milliseconds. */
class SilenceChainTest {
    private static final Moment ANCHOR = new Moment("boot-1", Duration.ZERO, Instant.EPOCH);
    private static final ProofPolicy SHADOWS = new ProofPolicy(ShadowSpans.ALLOW, FixedWindows.REFUSE);
    private static final ProofPolicy COVERAGE = new ProofPolicy(ShadowSpans.DENY, FixedWindows.COVERAGE);
    private static final WindowModel OLDEST = model(Kind.ROLLING, ResetMeaning.OLDEST_PLUS_WINDOW);
    private static final WindowModel NOW = model(Kind.ROLLING, ResetMeaning.NOW_PLUS_WINDOW);
    private static final WindowModel FIXED = model(Kind.FIXED, ResetMeaning.UNKNOWN);
    private static final long OUTSIDE = Millis.ceil(OLDEST.outside());
    private static final long REACH = Millis.floor(OLDEST.reach());

    private final OwnRing ring = new OwnRing();
    private final OwnWindows own = new OwnWindows(ring);
    private final SilenceChain chain = new SilenceChain(own);

    private static WindowModel model(Kind kind, ResetMeaning reset) {
        return new WindowModel(100, Duration.ofSeconds(60), kind, Duration.ofSeconds(3), true, reset);
    }

    private Shot shot(long time, long reset) {
        int place = ring.add(time, time);
        ring.fate(place, OwnFate.COUNTED);
        ring.answer(place, own.code(100), reset);
        return new Shot(time, time, place);
    }

    private void silent(long time, WindowModel model, long witness, ProofPolicy policy) {
        silent(time, model, witness, 1_800_000_000L, policy);
    }

    private void silent(long time, WindowModel model, long witness, long reset, ProofPolicy policy) {
        Shot shot = shot(time, reset);
        chain.silent(shot, model, witness < 0 ? -1 : ring.firstFrom(witness, 0), reset, policy);
    }

    /** Silent samples every 20 s, the oldest certain own request 40 s before each. */
    private void through(long from, long to, WindowModel model) {
        for (long time = from; time <= to; time += 20_000) {
            silent(time, model, time >= from + 20_000 ? Math.max(from, time - 40_000) : -1, ProofPolicy.STRICT);
        }
    }

    private void lost(long time) {
        ring.fate(ring.add(time, time + 100), OwnFate.UNKNOWN);
    }

    private Optional<SilentSpan> proven() {
        return chain.proven(ANCHOR);
    }

    private static SilentSpan span(long from, long to, Hole... holes) {
        return new SilentSpan(ANCHOR.plus(Duration.ofMillis(from)), ANCHOR.plus(Duration.ofMillis(to)), List.of(holes));
    }

    @Test
    void claim_isProvenOnceItsWitnessHasLeft() {
        silent(0, OLDEST, -1, ProofPolicy.STRICT);
        silent(20_000, OLDEST, 0, ProofPolicy.STRICT);
        silent(40_000, OLDEST, 0, ProofPolicy.STRICT);
        silent(OUTSIDE, OLDEST, 20_000, ProofPolicy.STRICT);
        assertThat(proven()).isEmpty();
        silent(OUTSIDE + 1, OLDEST, 20_000, ProofPolicy.STRICT);
        assertThat(proven()).contains(span(0, 40_000));
    }

    @Test
    void silence_whereResetIsNoWitness_waitsForThreeSamples() {
        silent(0, NOW, -1, ProofPolicy.STRICT);
        silent(REACH - 1_000, NOW, 0, ProofPolicy.STRICT);
        assertThat(proven()).isEmpty();
        silent(OUTSIDE + 1, NOW, REACH - 1_000, ProofPolicy.STRICT);
        assertThat(proven()).contains(span(0, REACH - 1_000));
    }

    @Test
    void claims_thatMeetInTheWitness_areOneSilence_andAGapRestartsIt() {
        through(0, 200_000, OLDEST);
        assertThat(proven()).contains(span(0, 160_000));
        silent(210_000, OLDEST, 200_000, ProofPolicy.STRICT);
        assertThat(proven()).contains(span(0, 180_000));
        shot(215_000, 0);
        silent(220_000, OLDEST, 215_000, ProofPolicy.STRICT);
        assertThat(proven()).isEmpty();
    }

    @Test
    void sample_withoutAWitness_claimsNothingButConfirms() {
        through(0, 60_000, OLDEST);
        silent(80_000, OLDEST, -1, ProofPolicy.STRICT);

        assertThat(proven()).contains(span(0, 40_000));
    }

    @Test
    void sample_beyondTheReach_confirmsNothing() {
        silent(0, OLDEST, -1, ProofPolicy.STRICT);
        silent(20_000, OLDEST, 0, ProofPolicy.STRICT);
        silent(20_000 + REACH, OLDEST, 20_000, ProofPolicy.STRICT);
        assertThat(proven()).contains(span(0, 20_000));
        silent(20_000 + 2 * REACH + 1, OLDEST, 20_000 + REACH, ProofPolicy.STRICT);
        assertThat(proven()).isEmpty();
    }

    @Test
    void undetermined_waitsForTheReach_withShadowsThreeTimes() {
        through(0, 100_000, OLDEST);
        chain.undetermined(shot(100_000 + REACH, 0), OLDEST, true, ProofPolicy.STRICT);
        assertThat(proven()).isPresent();
        chain.undetermined(shot(100_000 + 3 * REACH, 0), OLDEST, true, SHADOWS);
        assertThat(proven()).isPresent();
        chain.undetermined(shot(100_000 + 3 * REACH + 1, 0), OLDEST, true, SHADOWS);
        assertThat(proven()).isEmpty();
        through(500_000, 600_000, OLDEST);
        chain.undetermined(shot(600_000 + REACH + 1, 0), OLDEST, true, ProofPolicy.STRICT);
        assertThat(proven()).isEmpty();
    }

    @Test
    void unanswered_onceIsALostMessage_andTwiceInARowAnOutage() {
        through(0, 100_000, OLDEST);
        chain.unanswered(110_000, ProofPolicy.STRICT);
        assertThat(proven()).isPresent();
        silent(120_000, OLDEST, 80_000, ProofPolicy.STRICT);
        chain.unanswered(130_000, ProofPolicy.STRICT);
        chain.undetermined(shot(135_000, 0), OLDEST, true, ProofPolicy.STRICT);
        chain.unanswered(140_000, ProofPolicy.STRICT);
        assertThat(proven()).isPresent();
        chain.unanswered(150_000, ProofPolicy.STRICT);
        assertThat(proven()).isEmpty();
    }

    /** A lost reply at 110 s; nothing certain until the next claim, which begins there. */
    private void hole(long begin, boolean isExplained, boolean isLost, ProofPolicy policy) {
        through(0, 100_000, OLDEST);
        if (isLost) {
            lost(110_000);
        }
        chain.undetermined(new Shot(120_000, 120_000, -1), OLDEST, true, policy);
        chain.undetermined(new Shot(121_000, 121_000, -1), OLDEST, isExplained, policy);
        chain.undetermined(new Shot(122_000, 122_000, -1), OLDEST, true, policy);
        shot(begin, 0);
        long first = Math.max(begin + 1_000, 160_000);
        silent(first, OLDEST, begin, policy);
        silent(first + 20_000, OLDEST, begin, policy);
        silent(begin + OUTSIDE + 1, OLDEST, first, policy);
    }

    @Test
    void lostReply_whereAllowed_leavesAHole() {
        hole(130_000, true, true, SHADOWS);

        Hole hole = new Hole(Cause.LOST_REPLY, ANCHOR.plus(Duration.ofSeconds(100).minus(OLDEST.lag())),
                ANCHOR.plus(Duration.ofSeconds(130)), 1);
        assertThat(proven()).contains(span(0, 180_000, hole));
        assertThat(proven().orElseThrow().length()).isEqualTo(Duration.ofSeconds(150).minus(OLDEST.lag()));
    }

    @Test
    void hole_ofAWindowAndTheFirstPause_isTheLongest() {
        hole(170_000, true, true, SHADOWS);

        assertThat(proven()).hasValueSatisfying(span -> assertThat(span.holes()).hasSize(1));
    }

    @Test
    void hole_onceItIsDenied_endsTheSilence() {
        hole(130_000, true, true, SHADOWS);
        silent(200_000, OLDEST, 160_000, ProofPolicy.STRICT);

        assertThat(proven()).isEmpty();
    }

    @Test
    void lostReply_thatIsDenied_restartsTheSilence() {
        hole(130_000, true, true, ProofPolicy.STRICT);

        assertThat(proven()).contains(span(130_000, 180_000));
    }

    @Test
    void hole_withoutALostReply_restartsTheSilence() {
        hole(130_000, true, false, SHADOWS);
        assertThat(proven()).contains(span(130_000, 180_000));
    }

    @Test
    void hole_withMoreUnexplainedThanLost_restartsTheSilence() {
        hole(130_000, false, true, SHADOWS);
        assertThat(proven()).contains(span(130_000, 180_000));
    }

    @Test
    void hole_longerThanAWindowAndTheFirstPause_restartsTheSilence() {
        hole(170_001, true, true, SHADOWS);
        assertThat(proven()).hasValueSatisfying(span -> assertThat(span.holes()).isEmpty());
    }

    private void fixedWindows(long begin, ProofPolicy policy) {
        silent(0, FIXED, -1, 1_800_000_060L, policy);
        silent(20_000, FIXED, 0, 1_800_000_060L, policy);
        silent(40_000, FIXED, 0, 1_800_000_060L, policy);
        silent(58_000, FIXED, 0, 1_800_000_060L, policy);
        shot(begin, 1_800_000_120L);
        silent(begin + 20_000, FIXED, begin, 1_800_000_120L, policy);
        silent(begin + 40_000, FIXED, begin, 1_800_000_120L, policy);
    }

    @Test
    void fixedWindows_strictly_neverJoin() {
        fixedWindows(62_000, ProofPolicy.STRICT);

        assertThat(proven()).contains(span(62_000, 82_000));
    }

    @Test
    void fixedWindows_withCoverage_joinOverATenthOfTheWindow() {
        fixedWindows(64_000, COVERAGE);

        Hole hole = new Hole(Cause.WINDOW_END, ANCHOR.plus(Duration.ofSeconds(58)),
                ANCHOR.plus(Duration.ofSeconds(64)), 0);
        assertThat(proven()).contains(span(0, 84_000, hole));
    }

    @Test
    void fixedWindows_withCoverage_doNotJoinOverMore() {
        fixedWindows(64_001, COVERAGE);

        assertThat(proven()).contains(span(64_001, 84_001));
    }

    @Test
    void closedGroup_isSilentBetweenItsSamples() {
        chain.closed(0, 10_000);
        chain.closed(10_000, 30_000);

        assertThat(proven()).contains(span(0, 30_000));
    }

    @Test
    void restart_thatLeavesNothingOfTheSilence_endsIt() {
        chain.closed(0, 10_000);
        chain.rebase(new Shift(100_000, 110_000));
        assertThat(proven()).contains(span(110_000, 110_000));
        chain.rebase(new Shift(100_000, 100_001));
        assertThat(proven()).isEmpty();
    }

    private static final WindowModel HOUR = new WindowModel(400, Duration.ofHours(1), Kind.ROLLING,
            Duration.ofSeconds(3), true, ResetMeaning.OLDEST_PLUS_WINDOW);

    private void silentOfTheHour(long time, long witness, ProofPolicy policy) {
        int place = ring.add(time, time);
        ring.fate(place, OwnFate.COUNTED);
        ring.answer(place, own.code(HOUR.limit()), 0);
        chain.silent(new Shot(time, time, place), HOUR, ring.firstFrom(witness, 0), 0, policy);
    }

    @Test
    void otherWindow_shownForTheFirstTime_leavesTheSilence() {
        through(0, 100_000, OLDEST);

        silentOfTheHour(110_000, 60_000, ProofPolicy.STRICT);

        assertThat(proven()).contains(span(0, 60_000));
    }

    @Test
    void window_unconfirmedBesideAnotherThatIs_leavesTheSilence() {
        through(0, 100_000, OLDEST);
        silentOfTheHour(110_000, 60_000, ProofPolicy.STRICT);
        silentOfTheHour(150_000, 60_000, ProofPolicy.STRICT);

        silent(100_000 + REACH + 1, OLDEST, 110_000, ProofPolicy.STRICT);

        assertThat(proven()).contains(span(0, 60_000));
    }

    @Test
    void window_thatIsKnownOtherwiseNow_endsTheSilence() {
        through(0, 100_000, OLDEST);

        silent(120_000, new WindowModel(100, Duration.ofSeconds(60), Kind.ROLLING, Duration.ofSeconds(4), true,
                ResetMeaning.OLDEST_PLUS_WINDOW), 80_000, ProofPolicy.STRICT);

        assertThat(proven()).isEmpty();
    }

    @Test
    void gap_beforeAWitnessThatIsTheOldestOfAll_restartsTheSilence() {
        through(0, 100_000, OLDEST);
        ring.removeFirst(ring.size());
        shot(105_000, 0);

        silent(110_000, OLDEST, 105_000, ProofPolicy.STRICT);

        assertThat(proven()).isEmpty();
    }

    @Test
    void claim_whoseWitnessIsForgotten_isPassedOver() {
        through(0, 60_000, OLDEST);
        ring.removeFirst(1);
        through2(80_000, 140_000);

        assertThat(proven()).hasValueSatisfying(span -> assertThat(span.to().sinceBoot())
                .isEqualTo(Duration.ofSeconds(100)));
    }

    private void through2(long from, long to) {
        for (long time = from; time <= to; time += 20_000) {
            silent(time, OLDEST, time - 40_000, ProofPolicy.STRICT);
        }
    }

    @Test
    void claim_ofAFixedWindowThatBeganWithIt_isOneInstant() {
        shot(20_000, 1_800_000_060L);
        silent(20_000, FIXED, 20_000, 1_800_000_060L, ProofPolicy.STRICT);
        silent(21_000, FIXED, 20_000, 1_800_000_060L, ProofPolicy.STRICT);

        assertThat(proven()).contains(span(20_000, 20_000));
    }

    @Test
    void spans_thatTouch_areOneSilence_whicheverComesFirst() {
        chain.closed(10_000, 20_000);
        chain.closed(0, 10_000);

        assertThat(proven()).contains(span(0, 20_000));
    }

    @Test
    void hole_foundBeforeAnySilenceIsProven_isKept() {
        silent(0, OLDEST, -1, SHADOWS);
        silent(20_000, OLDEST, 0, SHADOWS);
        lost(25_000);
        shot(45_000, 0);
        silent(60_000, OLDEST, 45_000, SHADOWS);
        assertThat(proven()).isEmpty();
        silent(80_000, OLDEST, 45_000, SHADOWS);
        silent(45_000 + OUTSIDE + 1, OLDEST, 60_000, SHADOWS);

        Hole hole = new Hole(Cause.LOST_REPLY, ANCHOR.plus(Duration.ofSeconds(20).minus(OLDEST.lag())),
                ANCHOR.plus(Duration.ofSeconds(45)), 1);
        assertThat(proven()).contains(span(0, 80_000, hole));
    }

    @Test
    void hole_whereSilenceIsProvenOnlyAfterIt_isNoPartOfIt() {
        through(0, 40_000, OLDEST);
        lost(50_000);
        shot(55_000, 0);
        silent(60_000, OLDEST, 55_000, SHADOWS);
        ring.removeFirst(3);
        silent(100_000, OLDEST, 55_000, SHADOWS);
        silent(55_000 + OUTSIDE + 1, OLDEST, 100_000, SHADOWS);

        assertThat(proven()).contains(span(55_000, 100_000));
    }

    @Test
    void hole_whereNothingIsProvenYetBehindIt_isNoPartOfTheSilence() {
        silent(0, FIXED, -1, 1_800_000_060L, COVERAGE);
        silent(58_000, FIXED, 0, 1_800_000_060L, COVERAGE);
        shot(64_000, 1_800_000_120L);
        silent(84_000, FIXED, 64_000, 1_800_000_120L, COVERAGE);

        assertThat(proven()).contains(span(0, 58_000));
    }

    @Test
    void restart_movesHowFarSilenceReaches() {
        through(0, 200_000, OLDEST);
        ring.reboot();
        ring.rebase(new Shift(-100_000, -100_000));
        chain.rebase(new Shift(-100_000, -100_000));
        assertThat(proven()).isPresent();
        shot(105_000, 0);

        silent(110_000, OLDEST, 105_000, ProofPolicy.STRICT);

        assertThat(proven()).isEmpty();
    }
}
