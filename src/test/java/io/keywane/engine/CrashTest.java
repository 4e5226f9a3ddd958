package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.Stage;
import io.keywane.rotation.RotationState;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The process dies before and after every commit and every effect of a whole life of a key; the end is the same. */
class CrashTest {
    private static final KeyMaterial OLD = TestingWorld.material("old");
    private static final KeyMaterial NEW = TestingWorld.material("new");
    private static final Duration PATIENCE = Duration.ofMinutes(40);

    @Test
    void death_atAnyPoint_convergesToTheSameEnd() {
        int points = live(new TestingWorld()).crash.points();
        assertThat(points).isGreaterThan(40);
        List<String> died = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            TestingWorld world = new TestingWorld();
            world.crash.at(point);
            live(world);
            assertThat(world.deaths).as("point %d is reached", point).isEqualTo(1);
            died.add(world.crash.where());
        }
        assertThat(died).contains("before commit", "after commit", "before stage", "after stage", "before promote",
                "after promote", "before publish", "after publish", "before evidence", "after evidence", "before mark",
                "after mark", "before release",
                "after release", "before conclude", "after conclude");
    }

    /** Import, rotation to flagged and revoked; whatever happens on the way, this is how it ends. */
    private static TestingWorld live(TestingWorld world) {
        world.withKey(OLD);
        world.supply(NEW);
        world.runUntil("flagged", PATIENCE, () -> world.where() == RotationState.FLAGGED
                && world.stage(OLD) == Stage.FLAGGED);
        world.revoke(OLD);
        world.runUntil("revoked and released", PATIENCE, () -> world.stage(OLD) == Stage.REVOKED
                && !world.store.values.containsKey(world.id(OLD))
                && world.states.unresolvedIntents(TestingWorld.KEY).isEmpty());

        String where = world.crash.where();
        assertThat(world.violations).as(where).isEmpty();
        assertThat(world.store.current).as(where).isEqualTo(world.id(NEW));
        assertThat(world.store.published).as(where).isEqualTo(NEW);
        assertThat(world.store.values).as(where).containsOnlyKeys(world.id(NEW));
        assertThat(world.stage(NEW)).as(where).isEqualTo(Stage.CURRENT);
        assertThat(world.state().versions()).as(where).hasSize(2);
        assertThat(world.api.mostOwn).as(where).isLessThanOrEqualTo(36);
        return world;
    }
}
