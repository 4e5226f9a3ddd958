package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.rotation.Parity;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static io.keywane.engine.TestingWorld.GENERAL;
import static io.keywane.engine.TestingWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;

/** The comparison of a new key with the old one costs consumers nothing. */
class ParityBudgetTest {
    private static final KeyMaterial OLD = TestingWorld.material("0ldKeyOfNobody4711");
    private static final KeyMaterial NEW = TestingWorld.material("n3wKeyOfNobody4711");

    private final TestingWorld world = new TestingWorld();

    private Parity parity() {
        return world.engine.report(KEY).orElseThrow().evidence().parity();
    }

    /** Consumers use all of the old key's limit but so many requests, again and again. */
    private void busy() {
        world.run(Duration.ofSeconds(1));
        boolean isServed = true;
        while (isServed && world.api.left(OLD, GENERAL) > 10) {
            isServed = world.api.use(OLD, GENERAL);
        }
    }

    @Test
    void compare_nearlyNothingIsLeftToConsumers_asksTheOldKeyNothing() {
        world.withKey(OLD);
        for (int second = 0; second < 150; second++) {
            busy();
        }
        world.supply(NEW);
        busy();
        for (int second = 0; second < 60 && !parity().isMade(); second++) {
            busy();
        }

        assertThat(parity().isMade()).isTrue();
        assertThat(parity().differences()).isEmpty();
        assertThat(parity().unknown()).contains("plan and limits: general: the probe budget has no room",
                "wallet: the probe budget has no room");
    }

    @Test
    void compare_roomEnough_asksBoth() {
        world.withKey(OLD);
        world.supply(NEW);
        for (int second = 0; second < 60 && !parity().isMade(); second++) {
            world.run(Duration.ofSeconds(1));
        }

        assertThat(parity().isMade()).isTrue();
        assertThat(parity().unknown()).noneMatch(what -> what.contains("no room"));
    }
}
