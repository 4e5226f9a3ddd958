package io.keywane.rotation;

import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static io.keywane.rotation.KeyScene.NEW;
import static io.keywane.rotation.KeyScene.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Emergencies, adoptions, wrong keys revoked, restored states and windows: each turn, and the way out of each stop. */
class TurnsTest {
    private static final VersionId FOREIGN = KeyScene.id(3);

    private final KeyScene scene = new KeyScene();

    private void emergency() {
        scene.state = OperatorMoves.start(OperatorMoves.superseded(scene.state, scene.now), "urgent", Trigger.EMERGENCY,
                scene.now);
    }

    private void adopt() {
        scene.state = OperatorMoves.adopt(OperatorMoves.cleared(scene.state, FOREIGN, scene.now), "adopted",
                scene.candidate(FOREIGN), scene.now);
    }

    private void othersPut(VersionId id) {
        scene.held.add(id);
        scene.served = Optional.of(id);
    }

    @Test
    void emergency_beforePromotion_makesTheOpenRotationUrgent() {
        scene.policy = approved(scene.policy);
        scene.verified();
        assertThat(scene.step()).isEmpty();
        assertThat(scene.rotation().reason()).isEqualTo(Reason.WAITS_FOR_APPROVAL);

        emergency();

        assertThat(scene.step()).containsExactly(new Action.Promote(NEW, 7));
        assertThat(scene.rotation().trigger()).isEqualTo(Trigger.EMERGENCY);
    }

    @Test
    void emergency_whileDraining_supersedesAndBothKeysLeave() {
        scene.draining();

        emergency();
        scene.step();

        assertThat(scene.rotation().id()).isEqualTo("urgent");
        assertThat(scene.rotation().oldVersion()).contains(NEW);
        assertThat(scene.where()).isEqualTo(RotationState.AWAITING_KEY);
        assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
        scene.quiet().step();
        assertThat(scene.stage(OLD)).as("it still drains on its own").isEqualTo(Stage.DRAINED);
    }

    @Test
    void waiver_ofASupersededRotation_staysWithItsVersion() {
        scene.draining();
        scene.state = OperatorMoves.waive(scene.state, new Waiver(Gate.QUIET, "uid:anna", "leak", scene.now.wall()));

        emergency();

        assertThat(scene.rotation().isWaived(Gate.QUIET, OLD)).isTrue();
        assertThat(scene.rotation().isWaived(Gate.QUIET, NEW)).isFalse();
    }

    @Test
    void newKey_refusedWhileTheOldIsAccepted_isRolledBackAtOnce() {
        scene.draining().attitude(NEW, Acceptance.REFUSED).accept(OLD);
        scene.step();
        assertThat(scene.rotation().reason()).isEqualTo(Reason.WRONG_KEY_REVOKED);

        assertThat(scene.step()).contains(new Action.Promote(OLD, 7));
        scene.served = Optional.of(OLD);
        scene.step();

        assertThat(scene.where()).isEqualTo(RotationState.ROLLED_BACK);
        assertThat(scene.rotation().reason()).isEqualTo(Reason.WRONG_KEY_REVOKED);
        assertThat(scene.stage(OLD)).isEqualTo(Stage.CURRENT);
        scene.after(600).step();
        assertThat(scene.stage(NEW)).isEqualTo(Stage.REVOKED);
    }

    @Test
    void newKey_refusedAfterTheFlag_isReplacedByTheFormerOne() {
        scene.flagged();
        assertThat(scene.where()).isEqualTo(RotationState.FLAGGED);

        scene.after(5).attitude(NEW, Acceptance.REFUSED).accept(OLD).step();
        assertThat(scene.rotation().trigger()).isEqualTo(Trigger.ROLLBACK);
        scene.step();
        scene.after(1).accept(OLD).step();
        assertThat(scene.step()).contains(new Action.Promote(OLD, 7));
        scene.served = Optional.of(OLD);
        scene.step();

        assertThat(scene.stage(OLD)).isEqualTo(Stage.CURRENT);
        assertThat(scene.where()).isEqualTo(RotationState.PROMOTED);
    }

    @Test
    void newKey_refusedInAnEmergency_isNotReplacedByTheLeakedOne() {
        emergency();
        scene.state = OperatorMoves.supply(scene.state, scene.candidate(NEW));
        scene.held.add(NEW);
        scene.step();
        scene.after(1).accept(NEW).step();
        scene.served = Optional.of(NEW);
        scene.step();

        scene.attitude(NEW, Acceptance.REFUSED).accept(OLD);
        assertThat(scene.step()).noneMatch(Action.Promote.class::isInstance);

        assertThat(scene.where()).isEqualTo(RotationState.PARKED);
        assertThat(scene.rotation().reason()).isEqualTo(Reason.CURRENT_REFUSED);
        emergency();
        assertThat(scene.where()).as("the way out").isEqualTo(RotationState.AWAITING_KEY);
    }

    @Test
    void currentRefused_acceptedAgain_goesOn() {
        scene.draining().attitude(NEW, Acceptance.REFUSED).attitude(OLD, Acceptance.SUSPECTED).step();
        assertThat(scene.where()).isEqualTo(RotationState.PARKED);

        scene.accept(NEW).step();

        assertThat(scene.where()).isEqualTo(RotationState.DRAINING);
    }

    @Test
    void foreignKey_adopted_becomesCurrentAndTheFormerOneDrains() {
        othersPut(FOREIGN);
        assertThat(scene.evidence().store().orElseThrow().foreign(scene.state)).contains(Reason.FOREIGN_CHANGE);

        adopt();
        scene.step();
        scene.after(1).accept(FOREIGN).step();
        scene.step();

        assertThat(scene.where()).isEqualTo(RotationState.PROMOTED);
        assertThat(scene.stage(FOREIGN)).isEqualTo(Stage.CURRENT);
        assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
        assertThat(scene.evidence().store().orElseThrow().foreign(scene.state)).isEmpty();
    }

    @Test
    void keyThatIsServedAlready_suppliedToAnOlderState_canBeAdopted() {
        othersPut(FOREIGN);
        scene.start();
        scene.state = OperatorMoves.supply(scene.state, scene.candidate(FOREIGN));
        scene.step();
        assertThat(scene.rotation().reason()).isEqualTo(Reason.FOREIGN_CHANGE);

        adopt();

        assertThat(scene.rotation().trigger()).isEqualTo(Trigger.ADOPTION);
        assertThat(scene.rotation().newVersion()).contains(FOREIGN);
    }

    @Test
    void foreignChange_underARotation_isAdoptedInItsPlace() {
        scene.verified();
        othersPut(FOREIGN);
        scene.state = scene.state.adding(scene.candidate(FOREIGN));
        scene.step();
        assertThat(scene.rotation().reason()).isEqualTo(Reason.FOREIGN_CHANGE);

        adopt();

        assertThat(scene.rotation().trigger()).isEqualTo(Trigger.ADOPTION);
        assertThat(scene.stage(NEW)).as("a live key that nobody serves").isEqualTo(Stage.RETIRING);
    }

    @Test
    void adoption_ofAKeyThatDiffers_waitsForAPerson() {
        othersPut(FOREIGN);
        adopt();
        scene.step();
        scene.parity = new Parity(List.of("wallet"), List.of());
        scene.after(1).accept(FOREIGN).step();
        assertThat(scene.rotation().reason()).isEqualTo(Reason.KEY_DIFFERS);

        scene.state = OperatorMoves.approve(scene.state, "uid:anna");
        scene.step();
        scene.after(1).accept(FOREIGN).step();

        assertThat(scene.where()).isEqualTo(RotationState.VERIFIED);
    }

    @Test
    void adoption_rolledBack_putsOursBackOnProof() {
        othersPut(FOREIGN);
        adopt();
        scene.step();

        scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
        scene.accept(OLD);
        assertThat(scene.step()).contains(new Action.Promote(OLD, 7));
        scene.served = Optional.of(OLD);
        scene.step();

        assertThat(scene.where()).isEqualTo(RotationState.ROLLED_BACK);
        assertThat(scene.stage(OLD)).isEqualTo(Stage.CURRENT);
        assertThat(scene.stage(FOREIGN)).isEqualTo(Stage.RETIRING);
    }

    @Test
    void adoption_ofWhatIsKnown_isRefused() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> OperatorMoves.cleared(scene.state, OLD, scene.now))
                .withMessageContaining("is known");
    }

    @Test
    void restoredState_thatKnowsLessThanTheStore_onlyWatches() {
        scene.flagged();
        scene.after(5).used(OLD);
        scene.held.add(KeyScene.id(9));

        Decision decision = scene.decide();

        assertThat(decision.actions()).isEmpty();
        assertThat(decision.next()).isEqualTo(scene.state);
        assertThat(scene.evidence().store().orElseThrow().foreign(scene.state)).contains(Reason.STATE_BEHIND);

        scene.state = OperatorMoves.remember(scene.state, scene.candidate(KeyScene.id(9)), scene.now);
        scene.step();
        assertThat(scene.stage(KeyScene.id(9))).isEqualTo(Stage.RETIRING);
        assertThat(scene.stage(OLD)).as("used after its flag").isEqualTo(Stage.RETIRING);
    }

    @Test
    void restoredState_underARotation_parksUntilItIsReconciled() {
        scene.staged();
        scene.held.add(KeyScene.id(9));
        scene.step();
        assertThat(scene.rotation().reason()).isEqualTo(Reason.STATE_BEHIND);

        scene.state = OperatorMoves.remember(scene.state, scene.candidate(KeyScene.id(9)), scene.now);
        scene.step();

        assertThat(scene.where()).isEqualTo(RotationState.STAGED);
    }

    @Test
    void restoredState_whoseForgottenKeyLeavesTheStore_goesOnByItself() {
        scene.staged();
        scene.held.add(KeyScene.id(9));
        scene.step();
        assertThat(scene.rotation().reason()).isEqualTo(Reason.STATE_BEHIND);

        scene.held.remove(KeyScene.id(9));
        scene.step();

        assertThat(scene.where()).isEqualTo(RotationState.STAGED);
    }

    @Test
    void rollback_afterTheEnd_isARotationOfItsOwn() {
        scene.flagged();

        scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
        scene.step();
        scene.after(1).accept(OLD).step();

        assertThat(scene.rotation().trigger()).isEqualTo(Trigger.ROLLBACK);
        assertThat(scene.step()).contains(new Action.Promote(OLD, 7));
    }

    @Test
    void promotion_outsideItsWindow_waits() {
        scene.policy = within(scene.policy, "Mon 09:00-10:00");
        scene.verified();
        assertThat(scene.step()).isEmpty();
        assertThat(scene.rotation().reason()).isEqualTo(Reason.WAITS_FOR_WINDOW);

        scene.policy = within(scene.policy, "Sun 00:00-24:00");

        assertThat(scene.step()).containsExactly(new Action.Promote(NEW, 7));
    }

    private static RotationPolicy within(RotationPolicy policy, String window) {
        return new RotationPolicy(policy.maxAge(), policy.approvalRequired(), policy.propagationDelay(), policy.quiet(),
                policy.switchShare(), policy.verifyPatience(), policy.proof(), List.of(PromotionWindow.parse(window)));
    }

    private static RotationPolicy approved(RotationPolicy policy) {
        return new RotationPolicy(policy.maxAge(), true, policy.propagationDelay(), policy.quiet(),
                policy.switchShare(), policy.verifyPatience());
    }
}
