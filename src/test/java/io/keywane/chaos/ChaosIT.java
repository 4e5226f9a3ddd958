package io.keywane.chaos;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A small edition of what {@code src/test/sh/chaos} does at length. */
@Isolated
class ChaosIT {
    @Test
    void manyRotations_underLoadAndKills_endWithoutARefusedRequest(@TempDir Path folder) throws Exception {
        ChaosPlan plan = ChaosPlan.small(Long.getLong("keywane.chaos.seed", System.currentTimeMillis()));
        try (Chaos chaos = new Chaos(plan, folder).play()) {
            System.out.println(chaos.report());

            assertThat(chaos.faults()).isEmpty();
            assertThat(chaos.rotations()).isEqualTo(plan.keys() * plan.rounds());
            assertThat(chaos.kills()).isEqualTo(plan.kills());
        }
    }
}
