package io.keywane.engine;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** What a store that hangs does to keys that are not in it. */
@Timeout(120)
class SlowStoreTest {
    private final SlowStoreWorld world = new SlowStoreWorld();

    @AfterEach
    void answer() {
        world.answer();
    }

    @Test
    void probe_storeOfManyOtherKeysHangs_isSentWithinTwoIntervals() throws InterruptedException {
        world.hang();
        world.probeTheMany();
        int before = world.probes();

        Thread probe = Thread.ofVirtual().start(() -> world.engine().probe(TestingWorld.KEY));

        assertThat(probe.join(Duration.ofSeconds(30))).as("the probe is over").isTrue();
        assertThat(world.probes()).isGreaterThan(before);
    }

    @Test
    void lastReport_storeHangs_tellsWhatWasSeenAndAsksNoStore() {
        world.hang();
        int before = world.requests();

        assertThat(world.engine().keys()).hasSize(SlowStoreWorld.HANGING + 1)
                .allSatisfy(key -> assertThat(world.engine().lastReport(key).orElseThrow().evidence().store())
                        .as("what was seen of %s", key).isPresent());

        assertThat(world.requests()).isEqualTo(before);
    }
}
