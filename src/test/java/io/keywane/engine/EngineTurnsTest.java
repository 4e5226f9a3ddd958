package io.keywane.engine;

import io.keywane.alert.AlertName;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Stage;
import io.keywane.rotation.RotationState;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.keywane.engine.TestingWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;

/** Turns of a rotation that others cause, through the whole engine: a foreign change, a wrong key revoked, a leak. */
class EngineTurnsTest {
    private static final KeyMaterial OLD = TestingWorld.material("old");
    private static final KeyMaterial NEW = TestingWorld.material("new");
    private static final Duration LONG = Duration.ofMinutes(40);

    private final TestingWorld world = new TestingWorld();

    @Test
    void foreignKey_isAlertedThenAdoptedAndPublished() {
        world.withKey(OLD);
        world.api.create(NEW);
        world.store.values.put(world.id(NEW), NEW);
        world.store.current = world.id(NEW);
        world.store.revision++;
        world.run(Duration.ofSeconds(5));
        assertThat(world.fires(AlertName.FOREIGN_CHANGE)).isTrue();
        assertThat(world.store.published).as("nothing unproven is published").isEqualTo(OLD);

        world.operate(() -> world.engine.operations().adopt(KEY, Optional.of("green"), TestingWorld.ANNA));
        world.runUntil("adopted", LONG, () -> world.where() == RotationState.DRAINING);
        world.run(Duration.ofSeconds(2));

        assertThat(world.stage(NEW)).isEqualTo(Stage.CURRENT);
        assertThat(world.stage(OLD)).isEqualTo(Stage.RETIRING);
        assertThat(world.store.published).isEqualTo(NEW);
        assertThat(world.fires(AlertName.FOREIGN_CHANGE)).isFalse();
    }

    /** The store takes more than a minute from the decision to the switch, three times: each time the proof is of yesterday. */
    @Test
    void promotion_whoseStoreIsSlowBeforeTheSwitch_isRefusedAndProbedAnew() {
        world.withKey(OLD);
        int[] slow = {3};
        List<Duration> ages = new ArrayList<>();
        world.store.beforeSwitch = () -> {
            if (slow[0]-- > 0) {
                world.clock.advance(Duration.ofSeconds(70));
            }
            ages.add(world.engine.lastReport(KEY)
                    .flatMap(report -> Optional.ofNullable(report.lastSample().get(world.id(NEW))))
                    .flatMap(sample -> world.clock.now().elapsedSince(sample.received())).orElseThrow());
        };
        int before = world.store.promotions;
        world.supply(NEW);
        world.runUntil("promoted", LONG, () -> world.store.promotions > before);

        assertThat(ages).hasSize(4);
        assertThat(ages.subList(0, 3)).allSatisfy(age -> assertThat(age).isGreaterThan(Duration.ofMinutes(1)));
        assertThat(ages.getLast()).isLessThan(Duration.ofMinutes(1));
        assertThat(world.states.audit.stream().filter(line -> line.action().equals("did.promote"))
                .map(line -> line.details().get("outcome")).toList())
                .endsWith("failed", "failed", "failed", "succeeded");
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);
        assertThat(world.violations).isEmpty();
    }

    @Test
    void wrongKey_revokedAfterTheFlag_isReplacedByTheFormerOneWithoutAPerson() {
        world.withKey(OLD);
        world.supply(NEW);
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);

        world.revoke(NEW);
        world.runUntil("put back", LONG, () -> world.stage(OLD) == Stage.CURRENT);
        world.run(Duration.ofSeconds(5));

        assertThat(world.store.published).isEqualTo(OLD);
        assertThat(world.store.flagged).isEmpty();
        assertThat(world.stage(NEW)).isEqualTo(Stage.RETIRING);
        world.run(Duration.ofMinutes(10));
        assertThat(world.stage(NEW)).isEqualTo(Stage.REVOKED);
        assertThat(world.violations).isEmpty();
    }

    @Test
    void emergency_whileDraining_supersedesAndARepeatOpensNoOther() {
        Operator leak = new Operator("uid:anna", "leak", Optional.of("req-1"));
        world.withKey(OLD);
        world.supply(NEW);
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);

        world.operate(() -> world.engine.operations().start(KEY, true, leak));
        String first = world.state().rotation().orElseThrow().id();
        world.operate(() -> world.engine.operations().start(KEY, true, leak));

        assertThat(world.where()).isEqualTo(RotationState.AWAITING_KEY);
        assertThat(world.state().rotation().orElseThrow().id()).isEqualTo(first);
        assertThat(world.stage(OLD)).isEqualTo(Stage.RETIRING);
    }
}
