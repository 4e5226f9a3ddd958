package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.Moment;
import io.keywane.rotation.RotationState;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** No effect is left without an outcome: what was lost is read back. */
class IntentJournalTest {
    private static final KeyMaterial OLD = TestingWorld.material("old");
    private static final KeyMaterial NEW = TestingWorld.material("new");
    private static final Duration LONG = Duration.ofHours(1);

    private final TestingWorld world = new TestingWorld();

    @Test
    void mark_whoseAnswerIsLost_isConcludedAsDoneByItsSight() {
        world.withKey(OLD);
        world.supply(NEW);
        world.store.answersAreLost = true;
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);

        assertThat(outcomes("did.mark")).containsExactly("unknown", "succeeded");
        assertThat(world.states.unresolvedIntents(TestingWorld.KEY)).isEmpty();
    }

    @Test
    void effect_thatDoesNotShow_isGivenUpWhenNoRequestOfItsTimeIsUnderWay() {
        world.withKey(OLD);
        world.run(Duration.ofMinutes(1));
        world.states.commit(world.state(), List.of(intent("mark")), List.of());
        world.restart();

        world.run(Duration.ofSeconds(100));
        assertThat(world.states.unresolvedIntents(TestingWorld.KEY)).hasSize(1);
        world.run(Duration.ofSeconds(30));

        assertThat(world.states.unresolvedIntents(TestingWorld.KEY)).isEmpty();
        assertThat(outcomes("did.mark")).containsExactly("failed");
    }

    @Test
    void effect_withoutOutcomeWhileTheStoreCannotBeSeen_staysOpen() {
        world.withKey(OLD);
        world.run(Duration.ofMinutes(1));
        world.states.commit(world.state(), List.of(intent("mark")), List.of());
        world.restart();
        world.store.failing = StoreFailure.Kind.UNAVAILABLE;

        world.run(Duration.ofMinutes(10));

        assertThat(world.states.unresolvedIntents(TestingWorld.KEY)).hasSize(1);
    }

    @Test
    void outcome_thatCannotBeWritten_isWrittenWhenThatIsPossible() {
        world.withKey(OLD);
        world.supply(NEW);
        world.states.fault = TestingStates.Fault.CONCLUSION_NOT_WRITTEN;
        world.runUntil("marked", LONG, () -> world.store.flagged.contains(world.id(OLD)));
        world.run(Duration.ofMinutes(1));
        assertThat(outcomes("did.mark")).isEmpty();

        world.states.fault = TestingStates.Fault.NONE;
        world.run(Duration.ofSeconds(3));

        assertThat(outcomes("did.mark")).containsExactly("succeeded");
    }

    private Intent intent(String action) {
        Moment now = world.clock.now();
        return new Intent("intent-1", TestingWorld.KEY, action, world.id(OLD), now);
    }

    private List<String> outcomes(String action) {
        return world.states.audit.stream().filter(line -> line.action().equals(action)).map(AuditEntry::reason)
                .toList();
    }
}
