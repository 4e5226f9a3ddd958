package io.keywane.rotation;

import io.keywane.key.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The listed moves of rotations and versions, and that nothing else is possible. */
class TransitionsTest {
    private final KeyScene scene = new KeyScene();

    @ParameterizedTest
    @EnumSource(RotationState.class)
    void rotation_movedAsNotListed_isRefused(RotationState from) {
        Rotation rotation = in(from);
        for (RotationState next : RotationState.values()) {
            for (Reason reason : Reason.values()) {
                if (Transitions.allows(from, next, reason)) {
                    assertThat(rotation.change().to(next, reason, scene.now).build().state()).isEqualTo(next);
                } else {
                    assertThatIllegalStateException().as("%s to %s because of %s", from, next, reason)
                            .isThrownBy(() -> rotation.change().to(next, reason, scene.now));
                }
            }
        }
    }

    @Test
    void edges_eachPairOfStates_isListedOnce() {
        assertThat(Transitions.ROTATION).extracting(edge -> edge.from() + " " + edge.to()).doesNotHaveDuplicates();
        assertThat(Transitions.VERSIONS).extracting(edge -> edge.from() + " " + edge.to()).doesNotHaveDuplicates();
    }

    @Test
    void edgesOfVersions_areTheStagesSuccessors() {
        for (Stage from : Stage.values()) {
            assertThat(Transitions.VERSIONS.stream().filter(edge -> edge.from() == from)
                    .map(Transitions.VersionEdge::to)).as("%s", from)
                    .containsExactlyInAnyOrderElementsOf(from.successors());
        }
    }

    @ParameterizedTest
    @EnumSource(value = RotationState.class, names = {"AWAITING_KEY", "STAGED", "VERIFIED", "PROMOTED", "DRAINING"})
    void everyState_thatParks_canGoOn(RotationState state) {
        assertThat(state.successors()).contains(RotationState.PARKED);
        assertThat(RotationState.PARKED.successors()).contains(state);
    }

    @Test
    void terminalStates_areThoseWithoutSuccessor() {
        assertThat(RotationState.values()).filteredOn(RotationState::isTerminal).containsExactly(
                RotationState.FLAGGED, RotationState.REJECTED, RotationState.ABORTED, RotationState.ROLLED_BACK,
                RotationState.SUPERSEDED);
    }

    @Test
    void revoked_isTheEndOfEveryVersion() {
        assertThat(Stage.REVOKED.successors()).isEmpty();
        assertThat(Stage.values()).filteredOn(stage -> stage.successors().contains(Stage.REVOKED))
                .as("only what leaves is ever taken for revoked")
                .containsExactly(Stage.RETIRING, Stage.DRAINED, Stage.FLAGGED);
    }

    @Test
    void current_isReachedOnlyFromProvenOrFormerlyCurrentStages() {
        assertThat(Stage.values()).filteredOn(stage -> stage.successors().contains(Stage.CURRENT))
                .containsExactly(Stage.VERIFIED, Stage.RETIRING, Stage.DRAINED, Stage.FLAGGED);
    }

    @Test
    void version_movedAsNotListed_isRefused() {
        assertThatIllegalStateException().isThrownBy(
                () -> scene.candidate(KeyScene.NEW).to(Stage.CURRENT, Reason.PROMOTION_READ_BACK, scene.now))
                .withMessageContaining("CANDIDATE").withMessageContaining("CURRENT");
    }

    @Test
    void version_onceCurrent_hasServedForEver() {
        KeyVersion version = scene.state.current().orElseThrow().to(Stage.RETIRING, Reason.PROMOTION_READ_BACK,
                scene.now);

        assertThat(version.served()).isTrue();
    }

    @Test
    void state_withTwoCurrentVersions_cannotBe() {
        KeyVersion other = scene.candidate(KeyScene.NEW).to(Stage.VERIFIED, Reason.KEY_ACCEPTED, scene.now)
                .to(Stage.CURRENT, Reason.PROMOTION_READ_BACK, scene.now);

        assertThatIllegalArgumentException().isThrownBy(() -> scene.state.adding(other));
    }

    @Test
    void rotation_parkedWithoutAWayBack_cannotBe() {
        Rotation open = scene.start().rotation();

        assertThatIllegalArgumentException().isThrownBy(() -> new Rotation(open.id(), open.trigger(),
                RotationState.PARKED, open.reason(), open.began(), open.since(), open.oldVersion(), open.newVersion(),
                open.promoted(), open.published(), open.approvedBy(), false, false, open.parkedFrom(),
                open.waivers()));
    }

    private Rotation in(RotationState state) {
        Rotation open = new KeyScene().start().rotation();
        return new Rotation(open.id(), open.trigger(), state, open.reason(), open.began(), open.since(),
                open.oldVersion(), open.newVersion(), open.promoted(), open.published(), open.approvedBy(), false,
                false, state == RotationState.PARKED
                        ? Optional.of(RotationState.STAGED)
                        : Optional.empty(),
                open.waivers());
    }
}
