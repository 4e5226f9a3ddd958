package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.rotation.Earliest.At;
import io.keywane.rotation.Earliest.Unknown;
import io.keywane.rotation.Earliest.Why;
import io.keywane.usage.ProofPolicy;
import io.keywane.usage.ProofPolicy.FixedWindows;
import io.keywane.usage.ProofPolicy.ShadowSpans;
import io.keywane.usage.UsagePoint.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import static io.keywane.rotation.KeyScene.DELAY;
import static io.keywane.rotation.KeyScene.FEED;
import static io.keywane.rotation.KeyScene.GENERAL;
import static io.keywane.rotation.KeyScene.OLD;
import static io.keywane.rotation.KeyScene.QUIET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What gates say to people: what is known, what is missing, and when they can be met at the earliest. */
class ExplanationsTest {
    private static final Duration TEN = Duration.ofMinutes(10);

    private final KeyScene scene = new KeyScene();

    @BeforeEach
    void drain() {
        scene.draining().quiet();
    }

    @Test
    void metGates_foretellNothing() {
        assertThat(scene.reports()).allMatch(report -> report.met() && report.earliest().isEmpty());
        assertThat(Earliest.ofAll(scene.reports())).isEmpty();
    }

    @Test
    void quiet_underWay_isForetoldToTheSecond() {
        scene.groups(OLD, scene.silent(GENERAL, TEN), scene.silent(FEED, QUIET));
        GateReport quiet = scene.report(Gate.QUIET);

        assertThat(at(quiet)).isEqualTo(scene.now.wall().plus(QUIET.minus(TEN)));
        assertThat(quiet.missing()).isEqualTo("20 min of silence");
        assertThat(quiet.known()).contains("general: silent since ", ", 10 min of 30 min (sample of ",
                "; feed: silent since ", "30 min of 30 min");
    }

    @Test
    void quiet_ofAGroupInUse_countsAtTheEarliestFromTheWindowBefore() {
        scene.groups(OLD, scene.seen(GENERAL, Verdict.IN_USE), scene.silent(FEED, QUIET));
        GateReport quiet = scene.report(Gate.QUIET);

        assertThat(at(quiet)).isEqualTo(scene.now.wall().minusSeconds(60).plus(QUIET));
        assertThat(quiet.known()).contains("general: 1 foreign requests in the 60 s before");
    }

    @Test
    void quiet_unproven_countsAtTheEarliestFromThreeWindowsBefore() {
        scene.groups(OLD, scene.seen(GENERAL, Verdict.SILENT), scene.seen(FEED, Verdict.UNDETERMINED));

        assertThat(at(scene.report(Gate.QUIET))).isEqualTo(scene.now.wall().minusSeconds(180).plus(QUIET));
    }

    @Test
    void quiet_whereSamplesSayNothing_cannotBeForetold() {
        scene.groups(OLD, scene.seen(GENERAL, Verdict.UNKNOWN), scene.silent(FEED, QUIET));

        assertThat(why(scene.report(Gate.QUIET))).isEqualTo(Why.NOT_OBSERVABLE);
    }

    @Test
    void quiet_inFixedWindowsShorterThanIt_strictlyHasNoEarliestTime() {
        scene.groups(OLD, scene.fixed(GENERAL, QUIET.dividedBy(3), QUIET.dividedBy(2)), scene.silent(FEED, QUIET));
        assertThat(why(scene.report(Gate.QUIET))).isEqualTo(Why.FIXED_WINDOW);

        RotationPolicy strict = scene.policy;
        scene.policy = new RotationPolicy(strict.maxAge(), strict.approvalRequired(), strict.propagationDelay(),
                strict.quiet(), strict.switchShare(), strict.verifyPatience(),
                new ProofPolicy(ShadowSpans.DENY, FixedWindows.COVERAGE), List.of());
        assertThat(scene.report(Gate.QUIET).earliest()).containsInstanceOf(At.class);
    }

    @Test
    void quiet_inAFixedWindowAsLongAsIt_canBeProven() {
        scene.groups(OLD, scene.fixed(GENERAL, QUIET.dividedBy(3), QUIET), scene.silent(FEED, QUIET));

        assertThat(scene.report(Gate.QUIET).earliest()).containsInstanceOf(At.class);
    }

    @Test
    void quiet_unsampledOrStale_cannotBeForetold() {
        scene.groups(OLD);
        assertThat(why(scene.report(Gate.QUIET))).isEqualTo(Why.NOT_SAMPLED);

        scene.groups(OLD, scene.stale(GENERAL, QUIET));
        assertThat(why(scene.report(Gate.QUIET))).isEqualTo(Why.NOT_SAMPLED);
    }

    @Test
    void quiet_beforePropagation_countsFromIt() {
        KeyScene early = new KeyScene().draining();
        Instant propagated = early.now.wall().plus(DELAY);
        early.after(10).groups(OLD, early.silent(GENERAL, QUIET), early.silent(FEED, QUIET));
        GateReport quiet = early.report(Gate.QUIET);

        assertThat(at(quiet)).isEqualTo(propagated.plus(QUIET));
        assertThat(quiet.known()).contains("which counts from " + Words.of(propagated) + " on");
    }

    @Test
    void quiet_withAFullWindowInIt_countsFromThatOn() {
        Moment full = scene.now.plus(TEN.negated());
        scene.groups(OLD, scene.silent(GENERAL, QUIET), scene.limited(FEED, QUIET, full));

        assertThat(scene.report(Gate.QUIET).met()).isFalse();
        assertThat(at(scene.report(Gate.QUIET))).isEqualTo(full.wall().plus(QUIET));

        scene.groups(OLD, scene.silent(GENERAL, QUIET), scene.limited(FEED, QUIET, scene.now.plus(QUIET.negated())));
        assertThat(scene.report(Gate.QUIET).met()).isTrue();
    }

    @Test
    void propagation_isForetold() {
        KeyScene early = new KeyScene().draining();
        Instant end = early.now.wall().plus(DELAY);
        early.after(60);

        assertThat(at(early.report(Gate.PROPAGATION))).isEqualTo(end);
    }

    @Test
    void nothingPublished_cannotBeForetold() {
        KeyScene early = new KeyScene().promoted();
        early.groups(OLD, early.silent(GENERAL, QUIET));

        assertThat(why(early.report(Gate.PROPAGATION))).isEqualTo(Why.NOT_PUBLISHED);
        assertThat(why(early.report(Gate.QUIET))).isEqualTo(Why.NOT_PUBLISHED);
    }

    @Test
    void wallet_filledLately_isForetold() {
        scene.wallet(OLD, scene.held(TEN));
        GateReport wallet = scene.report(Gate.WALLET);

        assertThat(at(wallet)).isEqualTo(scene.now.wall().plus(QUIET.minus(TEN)));
        assertThat(wallet.missing()).isEqualTo("20 min with credit");
        assertThat(wallet.known()).endsWith("now 7");
    }

    @Test
    void wallet_emptyRefusedOrUnseen_saysWhichAndForetellsNothing() {
        scene.wallet(OLD, new WalletEvidence(OptionalLong.of(0), OptionalLong.of(0), Optional.empty(),
                Optional.empty()));
        assertThat(why(scene.report(Gate.WALLET))).isEqualTo(Why.WALLET_EMPTY);
        assertThat(scene.report(Gate.WALLET).known()).isEqualTo("the balance is 0");

        scene.wallet(OLD, new WalletEvidence(OptionalLong.of(5), OptionalLong.of(5), Optional.of(scene.now),
                Optional.empty()));
        assertThat(scene.report(Gate.WALLET).known()).startsWith("a request was refused for want of credit at ");

        scene.wallet(OLD, WalletEvidence.NONE);
        assertThat(why(scene.report(Gate.WALLET))).isEqualTo(Why.WALLET_NOT_SEEN);
    }

    @Test
    void wallet_afterARestartOfTheHost_isCountedFromIt() {
        scene.reboot(QUIET.minusSeconds(1));
        assertThat(scene.gates()).containsEntry(Gate.WALLET, false);

        scene.after(1);
        assertThat(scene.gates()).containsEntry(Gate.WALLET, true);
    }

    @Test
    void flag_isForetoldByTheLastGate_waivedOnesAside() {
        scene.groups(OLD, scene.silent(GENERAL, TEN), scene.silent(FEED, QUIET))
                .wallet(OLD, scene.held(TEN.multipliedBy(2)));
        assertThat(Earliest.ofAll(scene.reports())).contains(new At(scene.now.wall().plus(QUIET.minus(TEN))));

        scene.wallet(OLD, WalletEvidence.NONE);
        assertThat(Earliest.ofAll(scene.reports())).contains(new Unknown(Why.WALLET_NOT_SEEN));

        scene.state = OperatorMoves.waive(scene.state, new Waiver(Gate.WALLET, "uid:anna", "seen", scene.now.wall()));
        assertThat(Earliest.ofAll(scene.reports())).contains(new At(scene.now.wall().plus(QUIET.minus(TEN))));
    }

    /** The time that was printed is a bound from below: with the best that can happen the gate does not open sooner. */
    @Test
    void earliest_whileSilenceGoesOn_isWhenTheGateOpens() {
        scene.groups(OLD, scene.silent(GENERAL, TEN), scene.silent(FEED, TEN));
        Instant foretold = at(scene.report(Gate.QUIET));
        Duration silent = TEN;
        while (!scene.report(Gate.QUIET).met()) {
            assertThat(scene.now.wall()).isBefore(foretold);
            assertThat(at(scene.report(Gate.QUIET))).isEqualTo(foretold);
            scene.after(24);
            silent = silent.plusSeconds(24);
            scene.groups(OLD, scene.silent(GENERAL, silent), scene.silent(FEED, silent));
        }
        assertThat(Duration.between(foretold, scene.now.wall())).isLessThan(Duration.ofSeconds(24));
    }

    @Test
    void metReport_thatForetells_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new GateReport(Gate.QUIET, true, false, "a", "b", "",
                Optional.of(new At(Instant.EPOCH))));
    }

    @Test
    void reasons_haveWordsAndSentences() {
        assertThat(List.of(Why.values())).allMatch(why -> why.word().equals(why.word().toLowerCase(Locale.ROOT))
                && !why.sentence().isBlank());
    }

    private static Instant at(GateReport report) {
        return ((At) report.earliest().orElseThrow()).time();
    }

    private static Why why(GateReport report) {
        return ((Unknown) report.earliest().orElseThrow()).why();
    }
}
