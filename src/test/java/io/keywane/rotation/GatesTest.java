package io.keywane.rotation;

import io.keywane.usage.UsagePoint.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

import static io.keywane.rotation.KeyScene.FEED;
import static io.keywane.rotation.KeyScene.GENERAL;
import static io.keywane.rotation.KeyScene.OLD;
import static io.keywane.rotation.KeyScene.QUIET;
import static io.keywane.rotation.KeyScene.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GatesTest {
    private final KeyScene scene = new KeyScene();

    @BeforeEach
    void drain() {
        scene.draining().quiet();
    }

    @Test
    void gates_onFullEvidence_areAllMet() {
        assertThat(scene.gates().values()).containsOnly(true);
    }

    @Test
    void gates_onNoEvidence_areAllUnmetButTime() {
        scene.known.remove(OLD);

        assertThat(scene.gates()).containsEntry(Gate.QUIET, false).containsEntry(Gate.SWITCH, false)
                .containsEntry(Gate.WALLET, false).containsEntry(Gate.PROPAGATION, true);
    }

    @Test
    void propagation_aSecondEarly_isUnmet() {
        KeyScene early = new KeyScene().draining();
        early.after(KeyScene.DELAY.toSeconds() - 1);
        assertThat(early.gates()).containsEntry(Gate.PROPAGATION, false);

        assertThat(early.after(1).gates()).containsEntry(Gate.PROPAGATION, true);
    }

    @Test
    void propagation_acrossARestartOfTheHost_isCountedFromIt() {
        scene.reboot(KeyScene.DELAY.minusSeconds(1));

        assertThat(scene.gates()).containsEntry(Gate.PROPAGATION, false);
    }

    @Test
    void quiet_aSecondShort_isUnmet() {
        scene.groups(OLD, scene.silent(GENERAL, QUIET), scene.silent(FEED, QUIET.minusSeconds(1)));

        assertThat(scene.gates()).containsEntry(Gate.QUIET, false);
    }

    @Test
    void quiet_provenBeforePropagation_doesNotCount() {
        KeyScene sleeping = new KeyScene().draining();
        sleeping.after(QUIET.toSeconds()).quiet(OLD);

        assertThat(sleeping.gates()).containsEntry(Gate.QUIET, false);
    }

    @Test
    void quiet_acrossARestartOfTheHost_waitsForPropagationAnew() {
        scene.reboot(QUIET);
        scene.quiet(OLD);
        assertThat(scene.gates()).containsEntry(Gate.QUIET, false);

        scene.after(KeyScene.DELAY.toSeconds());
        scene.quiet(OLD);
        assertThat(scene.gates()).containsEntry(Gate.QUIET, true);
    }

    @Test
    void quiet_ofGroupsThatAreSilentAtDifferentTimes_isTheirCommonTime() {
        GroupEvidence before = scene.silent(FEED, QUIET);
        scene.after(60);
        scene.groups(OLD, scene.silent(GENERAL, QUIET), before);

        assertThat(scene.gates()).containsEntry(Gate.QUIET, false);
    }

    @Test
    void quiet_onAStaleSample_isUnmet() {
        scene.groups(OLD, scene.silent(GENERAL, QUIET), scene.stale(FEED, QUIET));

        assertThat(report(Gate.QUIET).missing()).isEqualTo("a recent sample of feed");
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void quiet_whereAGroupProvesNothing_isUnmetAndSaysWhy(Verdict verdict) {
        scene.groups(OLD, scene.silent(GENERAL, QUIET), scene.seen(FEED, verdict));

        assertThat(report(Gate.QUIET).met()).isFalse();
        assertThat(report(Gate.QUIET).known()).contains("feed: ");
    }

    @Test
    void switched_belowTheShare_isUnmet() {
        scene.switched(OLD, moved(GENERAL, 10, 4.9, 1));

        assertThat(scene.gates()).containsEntry(Gate.SWITCH, false);
    }

    @Test
    void switched_atTheShare_isMet() {
        scene.switched(OLD, moved(GENERAL, 10, 5, 1));

        assertThat(scene.gates()).containsEntry(Gate.SWITCH, true);
    }

    @Test
    void switched_onHalfObservedTime_isUnmet() {
        scene.switched(OLD, moved(GENERAL, 10, 10, 0.49));

        assertThat(scene.gates()).containsEntry(Gate.SWITCH, false);
    }

    @Test
    void waiver_opensItsGateOnly() {
        scene.known.remove(OLD);
        scene.state = OperatorMoves.waive(scene.state,
                new Waiver(Gate.QUIET, "uid:anna", "smoothed", scene.now.wall()));

        assertThat(report(Gate.QUIET).isOpen()).isTrue();
        assertThat(report(Gate.QUIET).met()).isFalse();
        assertThat(report(Gate.SWITCH).isOpen()).isFalse();
    }

    @Test
    void waiver_ofAnEarlierRotation_doesNotOpenTheGatesOfTheNext() {
        scene.state = OperatorMoves.waive(scene.state,
                new Waiver(Gate.SWITCH, "uid:anna", "idle key", scene.now.wall()));
        scene.step();
        scene.flagged.add(OLD);
        scene.step();
        scene.step();
        scene.start();

        assertThat(scene.rotation().isWaived(Gate.SWITCH, OLD)).as("the version that it was given for").isTrue();
        assertThat(scene.rotation().isWaived(Gate.SWITCH, KeyScene.NEW)).isFalse();
    }

    @Test
    void report_thatContradictsItself_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GateReport(Gate.QUIET, true, false, "a", "b", "something"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GateReport(Gate.QUIET, false, false, "a", "b", ""));
    }

    @Test
    void words_ofDurations_areReadable() {
        assertThat(List.of(Words.of(Duration.ofSeconds(119)), Words.of(Duration.ofSeconds(150)),
                Words.of(Duration.ofHours(25)), Words.of(Duration.ofMillis(-5)), Words.of(Duration.ofMillis(1))))
                .containsExactly("119 s", "2 min 30 s", "25 h", "0 s", "1 s");
    }

    private GateReport report(Gate gate) {
        return scene.report(gate);
    }
}
