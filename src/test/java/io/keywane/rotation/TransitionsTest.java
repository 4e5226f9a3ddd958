package io.keywane.rotation;

import io.keywane.key.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumSet;
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
        EnumSet<RotationState> unlisted = EnumSet.allOf(RotationState.class);
        unlisted.removeAll(from.successors());
        for (RotationState next : unlisted) {
            Rotation rotation = in(from);
            assertThatIllegalStateException().as("%s to %s", from, next)
                    .isThrownBy(() -> rotation.change().to(next, Reason.RESUMED, scene.now));
        }
    }

    @ParameterizedTest
    @EnumSource(RotationState.class)
    void rotation_movedAsListed_isThere(RotationState from) {
        for (RotationState next : from.successors()) {
            assertThat(in(from).change().to(next, Reason.RESUMED, scene.now).build().state()).isEqualTo(next);
        }
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
        for (Stage stage : EnumSet.complementOf(EnumSet.of(Stage.REVOKED))) {
            assertThat(stage.successors()).as("%s", stage).contains(Stage.REVOKED);
        }
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
