package io.keywane.rotation;

import io.keywane.key.Stage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.util.Optional;

import static io.keywane.rotation.KeyScene.NEW;
import static io.keywane.rotation.KeyScene.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OperatorMovesTest {
    private final KeyScene scene = new KeyScene();

    @Test
    void start_whileOneIsOpen_isRefused() {
        scene.start();

        assertRefused(() -> OperatorMoves.start(scene.state, "second", Trigger.OPERATOR, scene.now), "open already");
    }

    @Test
    void start_afterOneIsOver_opensAnother() {
        scene.flagged().start();

        assertThat(scene.rotation().oldVersion()).contains(NEW);
        assertThat(scene.where()).isEqualTo(RotationState.AWAITING_KEY);
    }

    @Test
    void supply_withoutRotation_isRefused() {
        assertRefused(() -> OperatorMoves.supply(scene.state, scene.candidate(NEW)), "no rotation");
    }

    @Test
    void supply_ofTheCurrentKey_isRefused() {
        scene.start();

        assertRefused(() -> OperatorMoves.supply(scene.state, scene.candidate(OLD)), "current key");
    }

    @Test
    void supply_ofARevokedKey_isRefused() {
        scene.flagged().attitude(OLD, Acceptance.REFUSED).step();
        scene.start();

        assertRefused(() -> OperatorMoves.supply(scene.state, scene.candidate(OLD)), "retired");
    }

    @Test
    void supply_onceAKeyIsStaged_isRefused() {
        scene.staged();

        assertRefused(() -> OperatorMoves.supply(scene.state, scene.candidate(KeyScene.id(3))), "takes no key");
    }

    @Test
    void supply_ofTheSameKeyAgain_changesNothingButItsDescription() {
        scene.start();
        KeyState once = OperatorMoves.supply(scene.state, scene.candidate(NEW));

        KeyState twice = OperatorMoves.supply(once, scene.candidate(NEW));

        assertThat(twice).isEqualTo(once);
    }

    @Test
    void supply_ofAnotherKeyAfterAFailure_forgetsNoVersion() {
        scene.start();
        KeyState first = OperatorMoves.supply(scene.state, scene.candidate(NEW));

        KeyState second = OperatorMoves.supply(first, scene.candidate(KeyScene.id(3)));

        assertThat(second.versions()).extracting(KeyVersion::id).containsExactly(OLD, NEW, KeyScene.id(3));
        assertThat(second.rotation().flatMap(Rotation::newVersion)).contains(KeyScene.id(3));
    }

    @Test
    void approve_beforePromotion_isRecorded() {
        scene.state = OperatorMoves.approve(scene.staged().state, "uid:anna");

        assertThat(scene.rotation().approvedBy()).contains("uid:anna");
    }

    @Test
    void approve_afterPromotion_isRefused() {
        scene.promoted();

        assertRefused(() -> OperatorMoves.approve(scene.state, "uid:anna"), "can no longer be approved");
    }

    @Test
    void resume_ofARunningRotation_isRefused() {
        scene.staged();

        assertRefused(() -> OperatorMoves.resume(scene.state), "not paused");
    }

    @Test
    void resume_ofAPausedRollback_keepsTheRollback() {
        scene.draining();
        scene.state = OperatorMoves.pause(OperatorMoves.rollback(scene.state, "back", scene.now));

        scene.state = OperatorMoves.resume(scene.state);

        assertThat(scene.rotation().paused()).isFalse();
        assertThat(scene.rotation().rollback()).isTrue();
    }

    @Test
    void resume_ofAParkedRollback_dropsIt() {
        scene.draining().attitude(OLD, Acceptance.AMBIGUOUS);
        scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
        scene.step();

        scene.state = OperatorMoves.resume(scene.state);

        assertThat(scene.rotation().rollback()).isFalse();
    }

    @Test
    void abort_beforePromotion_sendsTheNewKeyOnItsWay() {
        scene.verified();

        scene.state = OperatorMoves.abort(scene.state, scene.served, scene.now);

        assertThat(scene.where()).isEqualTo(RotationState.ABORTED);
        assertThat(scene.stage(NEW)).isEqualTo(Stage.RETIRING);
        assertThat(scene.stage(OLD)).isEqualTo(Stage.CURRENT);
    }

    @Test
    void abort_beforeTheKeyIsSeenInTheStore_leavesItACandidate() {
        scene.supplied();

        scene.state = OperatorMoves.abort(scene.state, scene.served, scene.now);

        assertThat(scene.where()).isEqualTo(RotationState.ABORTED);
        assertThat(scene.stage(NEW)).isEqualTo(Stage.CANDIDATE);
        scene.step();
        assertThat(scene.stage(NEW)).as("the store holds it after all").isEqualTo(Stage.RETIRING);
    }

    @Test
    void abort_withoutAnyKey_ends() {
        scene.start();

        scene.state = OperatorMoves.abort(scene.state, scene.served, scene.now);

        assertThat(scene.where()).isEqualTo(RotationState.ABORTED);
    }

    @Test
    void abort_onceTheStoreServesTheNewKey_isRefused() {
        scene.verified();

        assertRefused(() -> OperatorMoves.abort(scene.state, Optional.of(NEW), scene.now), "already serves");
    }

    @Test
    void abort_afterPromotion_isRefused() {
        scene.promoted();

        assertRefused(() -> OperatorMoves.abort(scene.state, scene.served, scene.now), "no longer be aborted");
    }

    @Test
    void abort_ofARotationParkedBeforePromotion_isTaken() {
        scene.verified();
        scene.storeReadable = false;
        scene.step();

        scene.state = OperatorMoves.abort(scene.state, scene.served, scene.now);

        assertThat(scene.where()).isEqualTo(RotationState.ABORTED);
    }

    @Test
    void rollback_beforePromotion_isRefused() {
        scene.verified();

        assertRefused(() -> OperatorMoves.rollback(scene.state, "back", scene.now), "nothing was promoted");
    }

    @Test
    void rollback_ofTheFirstKey_isRefused() {
        KeyScene first = KeyScene.empty().supplied();
        first.step();
        first.after(1).accept(NEW).step();
        first.served = Optional.of(NEW);
        first.step();

        assertRefused(() -> OperatorMoves.rollback(first.state, "back", first.now), "no old key");
    }

    @Test
    void rollback_toARevokedKey_isRefused() {
        scene.promoted().attitude(OLD, Acceptance.REFUSED);
        scene.after(600).step();
        assertThat(scene.stage(OLD)).isEqualTo(Stage.REVOKED);

        assertRefused(() -> OperatorMoves.rollback(scene.state, "back", scene.now), "is revoked");
    }

    @Test
    void waive_forAVersionThatLeavesAfterItsRotation_isTaken() {
        scene.verified();
        scene.state = OperatorMoves.abort(scene.state, scene.served, scene.now);

        scene.state = OperatorMoves.waive(scene.state, waiver("uid:anna", "never used"));

        assertThat(scene.rotation().waivers()).extracting(Waiver::gate).containsExactly(Gate.QUIET);
    }

    @Test
    void waive_whereNothingLeaves_isRefused() {
        scene.flagged().attitude(OLD, Acceptance.REFUSED).step();

        assertRefused(() -> OperatorMoves.waive(scene.state, waiver("uid:anna", "x")), "no version");
    }

    @Test
    void waiver_withoutAPersonOrAReason_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> waiver(" ", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> waiver("uid:anna", ""));
    }

    private Waiver waiver(String actor, String reason) {
        return new Waiver(Gate.QUIET, actor, reason, scene.now.wall());
    }

    private static void assertRefused(ThrowingCallable move, String message) {
        assertThatExceptionOfType(RefusedException.class).isThrownBy(move).withMessageContaining(message)
                .satisfies(refused -> assertThat(refused.hint()).isNotBlank());
    }
}
