package io.keywane.engine;

import io.keywane.alert.AlertName;
import io.keywane.engine.Intent.Outcome;
import io.keywane.engine.KeySettings.TellSettings;
import io.keywane.key.KeyMaterial;
import io.keywane.key.VersionId;
import io.keywane.rotation.RotationState;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.keywane.engine.TestingWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;

/** The command after a publication, through the whole engine: run until it succeeds, over deaths, and never forgotten. */
class TellingTest {
    private static final KeyMaterial OLD = TestingWorld.material("old");
    private static final KeyMaterial NEW = TestingWorld.material("new");
    private static final Optional<TellSettings> COMMAND = Optional
            .of(new TellSettings(List.of("/bin/reload", "search"), Duration.ofSeconds(30)));

    private static TestingWorld world() {
        return new TestingWorld().telling(COMMAND);
    }

    private static TellingReport report(TestingWorld world) {
        return world.engine.report(KEY).flatMap(KeyReport::telling).orElseThrow();
    }

    private static List<AlertName> alerts(TestingWorld world) {
        world.engine.evaluateAlerts();
        return world.engine.alerts().stream().map(active -> active.alert().name()).toList();
    }

    private static List<String> audited(TestingWorld world) {
        return world.states.audit.stream().filter(line -> line.action().endsWith(".tell"))
                .map(line -> (line.action() + " " + line.details().getOrDefault("outcome", "")).strip()).toList();
    }

    private static void rotate(TestingWorld world) {
        world.supply(NEW);
        world.runUntil("draining", Duration.ofMinutes(10), () -> world.where() == RotationState.DRAINING);
    }

    @Test
    void command_runsOnceAfterEachPublication() {
        TestingWorld world = world();
        world.withKey(OLD);
        world.run(Duration.ofMinutes(5));
        assertThat(world.teller.runs).isEqualTo(1);

        rotate(world);
        world.run(Duration.ofMinutes(5));

        assertThat(world.teller.runs).isEqualTo(2);
        assertThat(report(world).isTold()).isTrue();
        assertThat(world.telemetry.tellings).containsExactly(Outcome.SUCCEEDED, Outcome.SUCCEEDED);
        assertThat(audited(world)).containsExactly("try.tell", "did.tell succeeded", "try.tell",
                "did.tell succeeded");
    }

    @Test
    void failure_isTriedAgainWithGrowingWaitsAndSeen_andChangesNothingElse() {
        TestingWorld world = world();
        world.withKey(OLD);
        world.run(Duration.ofSeconds(5));
        world.teller.outcome = Outcome.FAILED;
        int before = world.teller.runs;
        rotate(world);
        assertThat(world.store.published).as("it stays published").isEqualTo(NEW);
        world.run(Duration.ofMinutes(5));

        // 5 s, 10 s, 20 s, 40 s, 80 s and 160 s apart
        assertThat(world.teller.runs - before).isBetween(6, 7);
        assertThat(report(world).isTold()).isFalse();
        assertThat(report(world).detail()).isEqualTo("the command failed (exit 1)");
        assertThat(report(world).failingSince()).isPresent();
        assertThat(alerts(world)).contains(AlertName.CONSUMERS_NOT_TOLD);
        assertThat(audited(world)).contains("did.tell failed");

        world.teller.outcome = Outcome.SUCCEEDED;
        int runs = world.teller.runs;
        world.telling(COMMAND); // a reload waits no longer
        world.run(Duration.ofSeconds(2));
        assertThat(world.teller.runs).isEqualTo(runs + 1);
        assertThat(report(world).isTold()).isTrue();
        assertThat(report(world).failingSince()).isEmpty();
        world.run(Duration.ofMinutes(15));
        assertThat(alerts(world)).doesNotContain(AlertName.CONSUMERS_NOT_TOLD);
    }

    @Test
    void waits_growToAQuarterOfAnHour() {
        TestingWorld world = world();
        world.teller.outcome = Outcome.UNKNOWN;
        world.withKey(OLD);
        world.run(Duration.ofHours(2));
        int runs = world.teller.runs;
        world.run(Duration.ofHours(1));

        assertThat(world.teller.runs - runs).isEqualTo(4);
    }

    @Test
    void command_thatIsTakenOut_isNotRunAndNotMissed() {
        TestingWorld world = world();
        world.teller.outcome = Outcome.FAILED;
        world.withKey(OLD);
        world.run(Duration.ofMinutes(1));
        assertThat(alerts(world)).contains(AlertName.CONSUMERS_NOT_TOLD);

        world.telling(Optional.empty());
        int runs = world.teller.runs;
        world.run(Duration.ofMinutes(20));

        assertThat(world.teller.runs).isEqualTo(runs);
        assertThat(alerts(world)).doesNotContain(AlertName.CONSUMERS_NOT_TOLD);
        assertThat(world.engine.report(KEY).flatMap(KeyReport::telling)).isEmpty();
    }

    @Test
    void restart_whileItFails_goesOn() {
        TestingWorld world = world();
        world.teller.outcome = Outcome.FAILED;
        world.withKey(OLD);
        world.run(Duration.ofMinutes(1));
        int runs = world.teller.runs;
        TellingReport before = report(world);

        world.restart();
        world.teller.outcome = Outcome.SUCCEEDED;
        assertThat(report(world).failingSince()).isEqualTo(before.failingSince());
        assertThat(report(world).vain()).isEqualTo(before.vain());
        world.run(Duration.ofSeconds(3));

        assertThat(world.teller.runs).isEqualTo(runs + 1);
        assertThat(report(world).isTold()).isTrue();
        world.restart();
        world.run(Duration.ofMinutes(20));
        assertThat(world.teller.runs).as("what was told is not told again").isEqualTo(runs + 1);
    }

    @Test
    void boot_withNothingPublished_tellsAgainAndNotBeforeItIs() {
        TestingWorld world = world();
        world.withKey(OLD);
        world.run(Duration.ofSeconds(10));
        int runs = world.teller.runs;
        world.store.published = null;
        world.teller.meanwhile = () -> assertThat(world.store.published).isEqualTo(OLD);
        world.restart();
        world.run(Duration.ofMinutes(1));

        assertThat(world.teller.runs).isEqualTo(runs + 1);
    }

    @Test
    void anotherPublication_duringARun_isToldOfToo() {
        TestingWorld world = world();
        world.teller.meanwhile = () -> {
            if (world.teller.runs == 1) {
                world.store.published = null;
                world.engine.step(KEY); // publishes again
            }
        };
        world.withKey(OLD);
        world.run(Duration.ofMinutes(2));

        assertThat(world.store.published).isEqualTo(OLD);
        assertThat(world.teller.runs).isEqualTo(2);
        assertThat(report(world).isTold()).isTrue();
    }

    @Test
    void disk_thatTakesNoNote_keepsTheCommandFromRunningAndTheNextTakesIt() {
        TestingWorld world = world();
        world.teller.outcome = Outcome.FAILED;
        world.withKey(OLD);
        int runs = world.teller.runs;
        world.teller.outcome = Outcome.SUCCEEDED;
        world.states.fault = TestingStates.Fault.NOTHING_WRITTEN;
        world.telling(COMMAND); // a reload waits no longer
        world.run(Duration.ofSeconds(3));
        assertThat(world.teller.runs).as("no effect without its intent").isEqualTo(runs);

        world.states.fault = TestingStates.Fault.NONE;
        world.run(Duration.ofMinutes(16));
        assertThat(world.teller.runs).isEqualTo(runs + 1);
        assertThat(report(world).isTold()).isTrue();
    }

    @Test
    void death_atAnyPoint_leavesConsumersTold() {
        int points = live(world()).crash.points();
        List<String> died = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            TestingWorld world = world();
            world.crash.at(point);
            live(world);
            assertThat(world.deaths).as("point %d is reached", point).isEqualTo(1);
            died.add(world.crash.where());
        }
        assertThat(died).contains("before tell", "after tell", "before publish", "after publish",
                "setting of telling", "audit of telling");
    }

    /** After each of the two publications the command has succeeded; twice where its end was lost. */
    private static TestingWorld live(TestingWorld world) {
        world.withKey(OLD);
        world.run(Duration.ofSeconds(20));
        rotate(world);
        world.run(Duration.ofSeconds(20));

        String where = world.crash.where();
        assertThat(report(world).isTold()).as(where).isTrue();
        assertThat(world.store.published).as(where).isEqualTo(NEW);
        assertThat(world.teller.runs).as(where).isBetween(2, 3);
        List<String> lines = audited(world);
        assertThat(lines.getLast()).as(where).isEqualTo("did.tell succeeded");
        assertThat(world.violations).as(where).isEmpty();
        return world;
    }

    @Test
    void note_thatIsDamaged_isNone() {
        assertThat(TellingNote.read("a b c")).isEmpty();
        TellingNote note = TellingNote.fresh("a".repeat(32), new VersionId("0".repeat(32)), TestingClock.START)
                .failed("why so?", TestingClock.START);
        assertThat(TellingNote.read(note.text())).contains(note);
        assertThat(TellingNote.read(note.text().replace("DUE", "DONE"))).isEmpty();
        assertThat(TellingNote.read(note.text().replace(TestingClock.START.toString(), "yesterday"))).isEmpty();
    }
}
