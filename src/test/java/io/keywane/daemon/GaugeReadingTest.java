package io.keywane.daemon;

import io.keywane.engine.SlowStoreWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class GaugeReadingTest {
    @Test
    void of_storeHangs_showsEveryKeyAndAsksNoStore() {
        SlowStoreWorld world = new SlowStoreWorld();
        world.hang();
        int before = world.requests();
        Instant now = Instant.parse("2026-03-01T10:00:00Z");

        GaugeSnapshot seen = GaugeReading.of(world.engine(), true, now, Map.of());

        assertThat(seen.keys()).hasSameSizeAs(world.engine().keys());
        assertThat(world.requests()).isEqualTo(before);
        world.answer();
    }
}
