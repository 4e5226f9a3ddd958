package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.Stage;
import io.keywane.rotation.Earliest;
import io.keywane.rotation.Gate;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.QuietPolicy;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import static io.keywane.engine.TestingWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;

/** The quiet period from the key's own history, on the whole engine: history, restarts and both gates. */
class CadenceOfUseTest {
    private static final KeyMaterial OLD = TestingWorld.material("first");
    private static final KeyMaterial NEW = TestingWorld.material("second");

    private final TestingWorld world = new TestingWorld(false, QuietPolicy.fromHistory(TestingWorld.QUIET));
    private boolean jobSwitched = true;

    @Test
    void nightlyJob_waitsForItsNightOnTheNewKey_andOneMore() {
        live(Duration.ofDays(5));
        world.supply(NEW);
        live(Duration.ofHours(1));

        assertThat(report(Gate.QUIET).required())
                .contains("two runs of a job must pass that uses general daily at 02:00");
        assertThat(report(Gate.SWITCH).missing()).as(report(Gate.SWITCH).toString())
                .isEqualTo("the job daily at 02:00 UTC on the new key");
        assertThat(report(Gate.SWITCH).earliest()).contains(new Earliest.At(Instant.parse("2026-03-07T03:00:00Z")));

        live(Duration.ofHours(18));
        assertThat(report(Gate.SWITCH).met()).as(report(Gate.SWITCH).toString()).isTrue();
        assertThat(report(Gate.QUIET).met()).isFalse();
        world.restart();
        assertThat(report(Gate.SWITCH).met()).as("after a restart").isTrue();

        liveUntilFlagged(Duration.ofHours(30));
        assertThat(now()).isBetween(Instant.parse("2026-03-08T03:00:00Z"), Instant.parse("2026-03-08T03:05:00Z"));
        // The world counts its credits for all time, the budget for a day.
        assertThat(world.violations).allMatch(violation -> violation.contains("credit budget"));
    }

    @Test
    void nightlyJob_thatStaysOnTheOldKey_isNeverFlagged() {
        live(Duration.ofDays(2));
        jobSwitched = false;
        world.supply(NEW);
        live(Duration.ofDays(2));

        assertThat(world.stage(OLD)).isEqualTo(Stage.RETIRING);
        assertThat(report(Gate.SWITCH).known())
                .contains("on the old key after the switch was due, in the hours of 02:00 UTC");
    }

    @Test
    void newcomer_waitsForTheUnknownCadence() {
        world.tickLength = 24;
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofHours(1));

        assertThat(report(Gate.QUIET).required()).startsWith("nobody but Keywane used the old key for 26 h")
                .contains("only ", " of the key's use are known");
        world.run(Duration.ofHours(24));
        assertThat(world.stage(OLD)).isEqualTo(Stage.RETIRING);

        world.runUntil("flagged", Duration.ofHours(2), () -> world.stage(OLD) == Stage.FLAGGED);
    }

    /** A job that works ten minutes each night, and nobody else. */
    private void live(Duration span) {
        world.consumerRuns = false;
        world.tickLength = 24;
        if (world.state().current().isEmpty()) {
            world.api.create(OLD);
            world.importKey(OLD);
        }
        Instant end = now().plus(span);
        while (now().isBefore(end)) {
            night();
        }
    }

    private void liveUntilFlagged(Duration patience) {
        Instant end = now().plus(patience);
        while (world.stage(OLD) != Stage.FLAGGED) {
            assertThat(now()).as(() -> world.engine.report(KEY).orElseThrow().gates().toString()).isBefore(end);
            night();
        }
    }

    private void night() {
        world.tick();
        var time = now().atOffset(ZoneOffset.UTC);
        if (time.getHour() == 2 && time.getMinute() < 10) {
            KeyMaterial published = Objects.requireNonNull(world.store.published);
            world.api.use(jobSwitched ? published : OLD, TestingWorld.GENERAL);
        }
    }

    private Instant now() {
        return world.clock.now().wall();
    }

    private GateReport report(Gate gate) {
        List<GateReport> gates = Objects.requireNonNull(
                world.engine.report(KEY).orElseThrow().gates().get(world.id(OLD)));
        return gates.stream().filter(r -> r.gate() == gate).findFirst().orElseThrow();
    }
}
