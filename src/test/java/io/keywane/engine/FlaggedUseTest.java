package io.keywane.engine;

import io.keywane.alert.AlertName;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Stage;
import io.keywane.rotation.Gate;
import io.keywane.rotation.Reason;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** When the use of a flagged key is alerted: what was used before the flag is no use after it. */
class FlaggedUseTest {
    private static final KeyMaterial OLD = TestingWorld.material("0ldKeyOfNobody4711");
    private static final KeyMaterial NEW = TestingWorld.material("n3wKeyOfNobody4711");
    private static final Duration PATIENCE = Duration.ofMinutes(40);

    private final TestingWorld world = new TestingWorld();

    private boolean fires() {
        return world.fires(AlertName.FLAGGED_KEY_USED);
    }

    /** Somebody uses the old key up to the flag. */
    private void useUntilFlagged() {
        world.runUntil("flagged", PATIENCE, () -> {
            if (world.stage(OLD) != Stage.FLAGGED) {
                world.api.use(OLD, TestingWorld.GENERAL);
            }
            return world.stage(OLD) == Stage.FLAGGED;
        });
    }

    private void quietFor(Duration span) {
        Duration end = world.clock.elapsed().plus(span);
        while (world.clock.elapsed().compareTo(end) < 0) {
            world.tick();
            assertThat(fires()).as("%s after the start", world.clock.elapsed()).isFalse();
        }
    }

    private void usedOnce() {
        assertThat(world.api.use(OLD, TestingWorld.GENERAL)).isTrue();
        world.runUntil("alert", Duration.ofMinutes(3), this::fires);
        assertThat(world.stage(OLD)).as("a waived flag stays").isEqualTo(Stage.FLAGGED);
    }

    @Test
    void waivedFlag_usedOnlyBeforeIt_isQuietUntilItIsUsedAgain() {
        world.withKey(OLD).supply(NEW);
        for (Gate gate : new Gate[]{Gate.QUIET, Gate.SWITCH}) {
            world.operate(() -> world.engine.operations().waive(TestingWorld.KEY, gate, TestingWorld.ANNA));
        }
        useUntilFlagged();

        quietFor(Duration.ofMinutes(10));
        usedOnce();
    }

    @Test
    void waivedFlag_usedWithoutAPause_firesWhenAWholeWindowIsAfterIt() {
        world.withKey(OLD).supply(NEW);
        for (Gate gate : new Gate[]{Gate.QUIET, Gate.SWITCH}) {
            world.operate(() -> world.engine.operations().waive(TestingWorld.KEY, gate, TestingWorld.ANNA));
        }
        useUntilFlagged();

        world.runUntil("alert", Duration.ofMinutes(4), () -> {
            world.api.use(OLD, TestingWorld.GENERAL);
            return fires();
        });
    }

    @Test
    void emergency_usedOnlyBeforeTheFlag_isQuietUntilItIsUsedAgain() {
        world.withKey(OLD);
        world.operate(() -> world.engine.operations().start(TestingWorld.KEY, true, TestingWorld.ANNA));
        world.supply(NEW);
        useUntilFlagged();

        quietFor(Duration.ofMinutes(10));
        usedOnce();
    }

    @Test
    void withdrawnFlag_keepsItsAlertUntilTheVersionIsDrainedAgain() {
        world.withKey(OLD).supply(NEW);
        world.runUntil("flagged", PATIENCE, () -> world.stage(OLD) == Stage.FLAGGED);
        quietFor(Duration.ofMinutes(5));
        assertThat(world.api.use(OLD, TestingWorld.GENERAL)).isTrue();
        world.runUntil("withdrawn", Duration.ofMinutes(3), () -> world.stage(OLD) == Stage.RETIRING);
        assertThat(world.state().version(world.id(OLD)).orElseThrow().reason()).isEqualTo(Reason.USED_AFTER_FLAG);

        Duration withdrawn = world.clock.elapsed();
        world.tick();
        while (world.stage(OLD) == Stage.RETIRING) {
            assertThat(fires()).as("%s after the withdrawal", world.clock.elapsed().minus(withdrawn)).isTrue();
            world.tick();
        }
        assertThat(world.clock.elapsed().minus(withdrawn)).isGreaterThan(Duration.ofMinutes(3));
        world.tick();
        assertThat(fires()).isFalse();
    }
}
