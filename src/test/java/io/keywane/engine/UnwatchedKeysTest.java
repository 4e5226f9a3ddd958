package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.rotation.RotationState;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

import static io.keywane.engine.TestingWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;

/** Which keys must not leave the configuration, and which have. */
class UnwatchedKeysTest {
    private static final KeyMaterial OLD = TestingWorld.material("0ldKeyOfNobody4711");
    private static final KeyMaterial NEW = TestingWorld.material("n3wKeyOfNobody4711");
    private final TestingWorld world = new TestingWorld();

    @Test
    void keysLeaving_rotationOver_areThoseWithAFlaggedVersion() {
        world.withKey(OLD);
        assertThat(world.engine.keysLeaving()).isEmpty();

        world.supply(NEW);
        world.runUntil("flagged", Duration.ofMinutes(40), () -> world.where() == RotationState.FLAGGED);

        assertThat(world.engine.keysLeaving()).containsExactly(KEY);
    }

    @Test
    void keysUnwatched_keyTakenOutOfTheConfiguration_isNamed() {
        world.withKey(OLD);
        assertThat(world.engine.keysUnwatched()).isEmpty();

        Settings one = world.settings;
        world.engine.reload(new Settings(one.provider(), one.organisations(), Map.of(), one.probing(), one.storage(),
                one.service(), one.alerts()));

        assertThat(world.engine.keysUnwatched()).containsExactly(KEY);
    }
}
