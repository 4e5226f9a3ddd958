package io.keywane.engine;

import io.keywane.engine.IntakeSettings.CandidateFile;
import io.keywane.engine.IntakeSettings.Issuer;
import io.keywane.engine.KeySource.Answer;
import io.keywane.key.KeyFault;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Stage;
import io.keywane.rotation.RotationState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.keywane.engine.TestingWorld.ANNA;
import static io.keywane.engine.TestingWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;

/** New keys that come by themselves, through the whole engine: taken once, refused once, asked with one id over deaths. */
class IntakeTest {
    private static final KeyMaterial OLD = TestingWorld.material("old");
    private static final KeyMaterial NEW = TestingWorld.material("new");
    private static final IntakeSettings PLACE = new CandidateFile(Path.of("/in/search"));
    private static final IntakeSettings ISSUER = new Issuer(List.of("/bin/issue"), Duration.ofMinutes(1));
    private static final Duration LONG = Duration.ofMinutes(40);

    private final List<String> asked = new ArrayList<>();

    private TestingWorld world(IntakeSettings settings) {
        return new TestingWorld().taking(settings).withKey(OLD);
    }

    private void answers(TestingWorld world, KeySource source) {
        world.source = (key, requestId) -> {
            asked.add(requestId);
            return source.ask(key, requestId);
        };
    }

    private static void start(TestingWorld world) {
        world.operate(() -> world.engine.operations().start(KEY, false, ANNA));
    }

    private static IntakeReport report(TestingWorld world) {
        return world.engine.report(KEY).flatMap(KeyReport::intake).orElseThrow();
    }

    private static long lines(TestingWorld world, String action) {
        return world.states.audit.stream().filter(line -> line.action().equals(action)).count();
    }

    @Test
    void candidate_whileARotationWaits_isTakenByTheDaemon() {
        TestingWorld world = world(PLACE);
        world.api.create(NEW);
        answers(world, (_, _) -> new Answer.Found(NEW));
        world.run(Duration.ofMinutes(1));
        assertThat(asked).as("nothing waits for a key").isEmpty();

        start(world);
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);

        assertThat(world.stage(NEW)).isEqualTo(Stage.CURRENT);
        assertThat(asked).as("taken once").hasSize(1);
        assertThat(world.states.audit).anyMatch(line -> line.actor().equals("keywane")
                && line.reason().equals("taken from file /in/search"));
        assertThat(world.engine.report(KEY).flatMap(KeyReport::intake)).isEmpty();
    }

    @Test
    void candidate_thatIsTheCurrentKey_isSaidToBeAndWaitedOut() {
        TestingWorld world = world(PLACE);
        KeyMaterial[] there = {OLD};
        answers(world, (_, _) -> new Answer.Found(there[0]));
        start(world);
        world.run(Duration.ofMinutes(5));

        assertThat(world.where()).isEqualTo(RotationState.AWAITING_KEY);
        assertThat(report(world).finding()).isEqualTo(IntakeFinding.KNOWN);
        assertThat(report(world).detail())
                .isEqualTo("this is the current key of search-production, the same as the old one");
        int audited = world.states.audit.size();
        world.run(Duration.ofMinutes(5));
        assertThat(world.states.audit).as("it is not tried again").hasSize(audited);

        world.api.create(NEW);
        there[0] = NEW;
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);
    }

    @Test
    void candidate_thatIsAKeyOfAnotherName_isRefusedAndAuditedOnce() {
        TestingWorld world = world(PLACE).alsoKeeping(NEW);
        answers(world, (_, _) -> new Answer.Found(NEW));
        start(world);
        world.run(Duration.ofMinutes(5));
        world.restart();
        world.run(Duration.ofMinutes(5));

        assertThat(asked).hasSizeGreaterThan(20);
        assertThat(report(world)).extracting(IntakeReport::finding, IntakeReport::detail)
                .containsExactly(IntakeFinding.REFUSED, "this key is, or was, a key of feed-production");
        assertThat(lines(world, "intake.refused")).isEqualTo(1);
        assertThat(world.where()).isEqualTo(RotationState.AWAITING_KEY);
    }

    @ParameterizedTest
    @EnumSource(KeyFault.class)
    void candidate_thatCannotBeAKey_isNamedByItsFault(KeyFault fault) {
        TestingWorld world = world(PLACE);
        Answer[] there = {new Answer.Unusable(fault)};
        answers(world, (_, _) -> there[0]);
        start(world);
        world.run(Duration.ofMinutes(1));

        assertThat(report(world)).extracting(IntakeReport::finding, IntakeReport::detail)
                .containsExactly(IntakeFinding.UNUSABLE, fault.message());
        world.api.create(NEW);
        there[0] = new Answer.Found(NEW);
        world.runUntil("taken once it is put right", LONG, () -> world.where() == RotationState.DRAINING);
    }

    @Test
    void place_thatCannotBeRead_isTriedAgainAndSaysWhy() {
        TestingWorld world = world(PLACE);
        answers(world, (_, _) -> {
            throw new StoreException(StoreFailure.Kind.DENIED, "others may reach it");
        });
        start(world);
        world.run(Duration.ofMinutes(1));
        assertThat(report(world)).extracting(IntakeReport::finding, IntakeReport::detail)
                .containsExactly(IntakeFinding.FAILED, "others may reach it");

        world.api.create(NEW);
        answers(world, (_, _) -> new Answer.Found(NEW));
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);
    }

    @Test
    void pausedRotation_takesNothing() {
        TestingWorld world = world(PLACE);
        start(world);
        world.operate(() -> world.engine.operations().pause(KEY, ANNA));
        answers(world, (_, _) -> new Answer.Found(NEW));
        world.run(Duration.ofMinutes(2));

        assertThat(asked).isEmpty();
    }

    @Test
    void issuer_isAskedOnlyAfterItsIdAndTheTryAreDurable() {
        TestingWorld world = world(ISSUER);
        world.api.create(NEW);
        answers(world, (_, requestId) -> {
            assertThat(world.states.setting("intake/search-production").orElseThrow()).contains(requestId);
            assertThat(world.states.audit.getLast().action()).isEqualTo("try.issue");
            assertThat(world.states.audit.getLast().requestId()).contains(requestId);
            return new Answer.Found(NEW);
        });
        start(world);
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);

        assertThat(asked).hasSize(1);
        assertThat(lines(world, "did.issue")).isEqualTo(1);
    }

    @Test
    void issuer_ofWhichTheAuditCannotBeWritten_isNotAsked() {
        TestingWorld world = world(ISSUER);
        start(world);
        answers(world, (_, _) -> new Answer.Found(NEW));
        world.states.fault = TestingStates.Fault.NOTHING_WRITTEN;
        world.run(Duration.ofMinutes(1));

        assertThat(asked).isEmpty();
    }

    @Test
    void issuer_thatIsCutShort_isAskedWithTheSameIdAlsoByTheNextProcess() {
        TestingWorld world = world(ISSUER);
        world.api.create(NEW);
        answers(world, (_, _) -> new Answer.Unclear("killed"));
        start(world);
        world.run(Duration.ofMinutes(1));
        assertThat(report(world).finding()).isEqualTo(IntakeFinding.UNCLEAR);
        assertThat(world.states.audit).anyMatch(line -> line.action().equals("did.issue")
                && "unknown".equals(line.details().get("outcome")));
        world.states.setting("intake/search-production", ""); // as after a restored backup
        world.restart();
        answers(world, (_, _) -> new Answer.Found(NEW));
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);

        assertThat(asked).hasSizeGreaterThan(2);
        assertThat(asked.stream().distinct()).hasSize(1);
    }

    @Test
    void issuer_thatFails_isAskedAgainEverMoreSeldom() {
        TestingWorld world = world(ISSUER);
        answers(world, (_, _) -> new Answer.Failed("exit 1"));
        start(world);
        world.run(Duration.ofMinutes(60));

        assertThat(asked).hasSizeBetween(8, 14);
        assertThat(world.engine.report(KEY).map(WaysOut::of).orElseThrow())
                .contains("keywane rotation supply search-production", "keywane rotation abort search-production");
    }

    @Test
    void issuer_thatDeclines_isNotAskedAgainInThisRotationAndIsInTheNext() {
        TestingWorld world = world(ISSUER);
        answers(world, (_, _) -> new Answer.Declined("exit 77: no budget"));
        start(world);
        world.run(Duration.ofMinutes(2));
        world.restart();
        world.run(Duration.ofMinutes(20));
        assertThat(asked).hasSize(1);
        assertThat(report(world)).extracting(IntakeReport::finding, IntakeReport::detail)
                .containsExactly(IntakeFinding.DECLINED, "exit 77: no budget");

        world.operate(() -> world.engine.operations().abort(KEY, ANNA));
        start(world);
        world.run(Duration.ofMinutes(2));
        assertThat(asked).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void issuer_thatGivesAKeyThatIsKnown_isAuditedAndNotAskedAgain() {
        TestingWorld world = world(ISSUER);
        answers(world, (_, _) -> new Answer.Found(OLD));
        start(world);
        world.run(Duration.ofMinutes(20));

        assertThat(asked).hasSize(1);
        assertThat(report(world).finding()).isEqualTo(IntakeFinding.KNOWN);
        assertThat(lines(world, "intake.refused")).isEqualTo(1);
    }

    @Test
    void issuer_whoseKeyThePersonForestalled_leavesTheRotationAlone() {
        TestingWorld world = world(ISSUER);
        KeyMaterial late = TestingWorld.material("late");
        world.api.create(NEW);
        answers(world, (_, _) -> {
            world.engine.operations().supply(KEY, NEW, Optional.empty(), ANNA);
            return new Answer.Found(late);
        });
        start(world);
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);

        assertThat(world.stage(NEW)).isEqualTo(Stage.CURRENT);
        assertThat(world.state().version(world.id(late))).isEmpty();
        assertThat(world.states.audit).as("a key that nobody has in custody is not passed over in silence")
                .anyMatch(line -> line.action().equals("intake.refused"));
    }

    @Test
    void death_atAnyPointOfIssuing_comesToTheSameKeyByTheSameId() {
        int points = issued(new TestingWorld());
        for (int point = 0; point < points; point++) {
            asked.clear();
            TestingWorld world = new TestingWorld();
            world.crash.at(point);
            issued(world);
            assertThat(world.deaths).isEqualTo(1);
        }
    }

    private int issued(TestingWorld fresh) {
        TestingWorld world = fresh.taking(ISSUER);
        world.api.create(OLD);
        world.api.create(NEW);
        answers(world, (_, _) -> {
            world.crash.point("issuer");
            return new Answer.Found(NEW);
        });
        world.importKey(OLD);
        world.run(Duration.ofMinutes(1));
        world.operate(() -> {
            if (world.state().openRotation().isEmpty() && world.state().versions().size() < 2) {
                world.engine.operations().start(KEY, false, ANNA);
            }
        });
        world.runUntil("draining", LONG, () -> world.state().version(world.id(NEW)).isPresent()
                && world.where() == RotationState.DRAINING);
        int points = world.crash.points();

        String where = world.crash.where();
        assertThat(asked.stream().distinct()).as(where).hasSize(1);
        assertThat(world.state().versions()).as(where).hasSize(2);
        assertThat(world.stage(NEW)).as(where).isEqualTo(Stage.CURRENT);
        assertThat(world.violations).as(where).isEmpty();
        return points;
    }
}
