package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.Stage;
import io.keywane.rotation.Forecast;
import io.keywane.rotation.Forecast.Event;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.Reason;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.keywane.engine.TestingWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;

/** Dry runs and plans, typed at the real command line: what they say is what then happens, and they change nothing. */
class PlanTest {
    private static final KeyMaterial OLD = TestingWorld.material("old");
    private static final KeyMaterial NEW = TestingWorld.material("new");
    private static final Pattern PLAN = Pattern.compile("(?m)^plan: +([0-9a-f-]+)$");
    private static final Duration LONG = Duration.ofMinutes(40);

    @TempDir
    private Path directory;

    private final TestingWorld world = new TestingWorld(true);
    private OperatorLine line;

    @BeforeEach
    void open() throws IOException {
        line = new OperatorLine(world, directory.resolve("s"));
    }

    @AfterEach
    void close() throws IOException {
        line.close();
    }

    /** A dry run of a command, after which everything is as before; the plan's id. */
    private String planned(String command, Optional<KeyMaterial> key) {
        KeyState before = world.state();
        List<AuditEntry> audit = List.copyOf(world.states.audit);
        long revision = world.store.revision;
        int probes = world.api.probes;
        String asked = command + " --dry-run";
        OperatorLine.Said said = key.map(k -> line.type(asked, k)).orElseGet(() -> line.type(asked));
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(world.state()).isEqualTo(before);
        assertThat(world.states.audit).isEqualTo(audit);
        assertThat(world.store.revision).isEqualTo(revision);
        assertThat(world.api.probes).isEqualTo(probes);
        Matcher plan = PLAN.matcher(said.out());
        assertThat(plan.find()).as(said.out()).isTrue();
        return plan.group(1);
    }

    private String planned(String command) {
        return planned(command, Optional.empty());
    }

    private void carriedOut(String command, Optional<KeyMaterial> key) {
        String again = command + " --plan " + planned(command, key);
        OperatorLine.Said said = key.map(k -> line.type(again, k)).orElseGet(() -> line.type(again));
        assertThat(said.exit()).as(said.err()).isZero();
    }

    @Test
    void wholeRotation_eachVerbByItsPlan_goesThrough() {
        world.withKey(OLD);
        world.api.create(NEW);

        carriedOut("rotation start search-production --reason yearly", Optional.empty());
        assertThat(world.where()).isEqualTo(RotationState.AWAITING_KEY);
        carriedOut("rotation supply search-production --dashboard-name green", Optional.of(NEW));
        world.runUntil("verified", LONG, () -> world.where() == RotationState.VERIFIED);
        carriedOut("rotation pause search-production", Optional.empty());
        carriedOut("rotation resume search-production", Optional.empty());
        carriedOut("rotation approve search-production --yes", Optional.empty());
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);
        carriedOut("rotation waive search-production --gate quiet --reason idle --yes", Optional.empty());
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
        world.revoke(OLD);
        carriedOut("rotation confirm-revoked search-production", Optional.empty());
        assertThat(world.stage(OLD)).isEqualTo(Stage.REVOKED);
    }

    @Test
    void dryRunOfApprove_ofAProvenKey_tellsThePromotionThatThenHappens() {
        world.withKey(OLD);
        world.supply(NEW);
        world.runUntil("verified", LONG, () -> world.where() == RotationState.VERIFIED);

        Forecast forecast = world.engine.operations().plan(KEY, new Change.Approve(), TestingWorld.ANNA).forecast();
        OperatorLine.Said said = line.type("rotation approve search-production --dry-run");
        world.operate(() -> world.engine.operations().approve(KEY, TestingWorld.ANNA));

        assertThat(forecast.servedLast()).contains(world.id(NEW));
        assertThat(forecast.last().rotation().map(Rotation::state)).contains(world.where());
        assertThat(forecast.last().rotation().map(Rotation::reason)).isEqualTo(world.state().rotation()
                .map(Rotation::reason));
        assertThat(forecast.events()).contains(
                new Event.Turn(Optional.of(RotationState.VERIFIED), RotationState.PROMOTED,
                        Reason.PROMOTION_READ_BACK));
        String old = world.id(OLD).brief();
        String next = world.id(NEW).brief();
        assertThat(said.out()).contains("nothing was changed", "verified: waits for approval",
                "store     serves " + next + " to consumers, if it is still at revision",
                "host      " + next + " is published on this host", "read " + old + " until step",
                "then " + next + "; a copy of the former may be in use for 1m more", "draining: waits until consumers");
        assertThat(said.out()).contains("carry it out: keywane rotation approve search-production --plan ");
    }

    @Test
    void plan_afterTheStateMoved_isRefusedAndNamesWhatAndHowToLookAgain() {
        world.withKey(OLD);
        world.supply(NEW);
        world.runUntil("verified", LONG, () -> world.where() == RotationState.VERIFIED);
        String plan = planned("rotation approve search-production");
        line.type("rotation abort search-production --yes");
        int lines = world.states.audit.size();

        OperatorLine.Said said = line.type("rotation approve search-production --yes --plan " + plan);

        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.err()).contains("nothing was done, because plan " + plan + " does not fit any more",
                "the rotation has moved, and is now in ABORTED", "the versions of the key have changed",
                "look again: keywane rotation approve search-production --dry-run");
        assertThat(world.states.audit).hasSize(lines);
    }

    @Test
    void plan_afterOnlyTheStoreMoved_saysSo() {
        world.withKey(OLD);
        String plan = planned("rotation start search-production");
        world.store.revision++;

        OperatorLine.Said said = line.type("rotation start search-production --plan " + plan);

        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.err()).contains("the store has changed, and is now at revision").doesNotContain("the versions");
        assertThat(world.state().openRotation()).isEmpty();
    }

    @Test
    void plan_withOtherArgumentsOrVerb_isRefused() {
        world.withKey(OLD);
        String plan = planned("rotation start search-production");

        for (String other : List.of("rotation start search-production --emergency --yes",
                "rotation rollback search-production --yes")) {
            OperatorLine.Said said = line.type(other + " --plan " + plan);
            assertThat(said.exit()).isEqualTo(6);
            assertThat(said.err()).contains("it was made for another command, other arguments or another key value");
        }
        assertThat(line.type("rotation start search-production --plan nonsense").exit()).isEqualTo(2);
    }

    @Test
    void plan_ofAnotherKeyValue_isRefusedAndShowsNoKey() {
        KeyMaterial other = TestingWorld.material("CanaryCanaryCanary012345");
        world.withKey(OLD);
        line.type("rotation start search-production");
        String plan = planned("rotation supply search-production", Optional.of(NEW));

        OperatorLine.Said said = line.type("rotation supply search-production --plan " + plan, other);

        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.out() + said.err()).contains("another key value").doesNotContain("CanaryCa");
        assertThat(world.state().versions()).hasSize(1);
    }

    @Test
    void plan_overARestart_stillFits() {
        world.withKey(OLD);
        String plan = planned("rotation start search-production");
        world.restart();

        assertThat(line.type("rotation start search-production --plan " + plan).exit()).isZero();
    }

    @Test
    void dryRun_ofWhatWouldBeRefused_isRefusedAlike() {
        world.withKey(OLD);

        OperatorLine.Said dry = line.type("rotation approve search-production --dry-run");
        OperatorLine.Said real = line.type("rotation approve search-production --yes");

        assertThat(dry).isEqualTo(real);
        assertThat(dry.exit()).isEqualTo(6);
    }

    @Test
    void dryRunOfSupply_ofAnUnprovenKey_saysWhatItRestsOn() {
        world.withKey(OLD);
        line.type("rotation start search-production");

        OperatorLine.Said said = line.type("rotation supply search-production --dry-run --output json", NEW);

        assertThat(said.out()).contains("\"on\" : \"store\"", "into custody and is read back",
                "is asked: what follows needs " + world.id(NEW).brief() + " to be accepted",
                "\"next_state\" : \"verified\"", "\"version\" : 1");
        assertThat(world.store.values).hasSize(1);
    }

    @Test
    void requestId_repeatedLaterAndAfterADeathBeforeTheReply_returnsTheFirstOutcome() {
        world.withKey(OLD);
        world.supply(NEW);
        world.runUntil("verified", LONG, () -> world.where() == RotationState.VERIFIED);
        String approve = "rotation approve search-production --yes --request-id req-1";
        OperatorLine.Said first = line.type(approve);
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);

        OperatorLine.Said again = line.type(approve);
        world.states.forgetReplies();
        OperatorLine.Said afterDeath = line.type(approve);

        assertThat(first.exit()).isZero();
        assertThat(again.exit()).isZero();
        assertThat(again.out()).contains("told again: it was done before");
        assertThat(afterDeath.exit()).as(afterDeath.err()).isZero();
        assertThat(world.states.audit.stream().filter(l -> l.requestId().equals(Optional.of("req-1")))).hasSize(1);
    }

    @Test
    void requestId_ofEachVerb_afterADeathBeforeTheReply_isDoneOnce() {
        world.withKey(OLD);
        world.api.create(NEW);
        for (String command : List.of("start search-production", "supply search-production",
                "pause search-production", "resume search-production", "abort search-production --yes")) {
            String named = "rotation " + command + " --request-id " + command.replaceAll("\\W", "");
            boolean keyed = command.startsWith("supply");
            OperatorLine.Said first = keyed ? line.type(named, NEW) : line.type(named);
            KeyState state = world.state();
            world.states.forgetReplies();
            OperatorLine.Said again = keyed ? line.type(named, NEW) : line.type(named);

            assertThat(first.exit()).as(first.err()).isZero();
            assertThat(again.exit()).as(again.err()).isZero();
            assertThat(world.state()).as(command).isEqualTo(state);
        }
    }

    @Test
    void requestId_ofAWholeChange_servesEachVerbOfIt() {
        world.withKey(OLD);
        for (String verb : List.of("start search-production", "pause search-production", "resume search-production",
                "abort search-production --yes")) {
            OperatorLine.Said said = line.type("rotation " + verb + " --request-id CHG-1234");
            assertThat(said.exit()).as(said.err()).isZero();
        }

        assertThat(world.where()).isEqualTo(RotationState.ABORTED);
    }

    @Test
    void requestId_usedForAnotherRequestBeforeADeath_isRefused() {
        world.withKey(OLD);
        line.type("rotation start search-production --request-id leak");
        KeyState open = world.state();
        world.states.forgetReplies();
        world.restart();

        OperatorLine.Said said = line.type("rotation start search-production --emergency --yes --request-id leak");

        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.err()).contains("this request id was used for another request at 20");
        assertThat(world.state()).isEqualTo(open);
    }

    @Test
    void requestId_ofARequestWhoseReplyIsForgotten_isNotTakenForARepeat() {
        world.withKey(OLD);
        line.type("rotation start search-production --request-id monthly");
        line.type("rotation abort search-production --yes");
        world.states.forgetReplies();
        world.clock.advance(Duration.ofDays(31));

        OperatorLine.Said said = line.type("rotation start search-production --request-id monthly");

        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.err()).contains("nothing was done");
        assertThat(world.where()).isEqualTo(RotationState.ABORTED);
    }

    @Test
    void requestId_usedForAnotherRequest_isRefused() {
        world.withKey(OLD);
        line.type("rotation start search-production --request-id req-1");

        OperatorLine.Said said = line.type("rotation start search-production --emergency --yes --request-id req-1");

        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.err()).contains("this request id was used for another request at 20",
                ": keywane rotation start search-production");
    }

    @Test
    void requestId_usedWithAnotherKeyValue_isRefused_alsoAfterADeath() {
        world.withKey(OLD);
        world.api.create(NEW);
        line.type("rotation start search-production");
        String supply = "rotation supply search-production --request-id weekly";
        assertThat(line.type(supply, NEW).exit()).isZero();
        KeyState supplied = world.state();

        OperatorLine.Said said = line.type(supply, TestingWorld.material("newer"));
        world.states.forgetReplies();
        OperatorLine.Said afterDeath = line.type(supply, TestingWorld.material("newer"));

        assertThat(said.exit()).isEqualTo(6);
        assertThat(said.err()).contains("used for another request at 20", "with another key value")
                .doesNotContain("jbe_live_newer");
        assertThat(afterDeath.exit()).isEqualTo(6);
        assertThat(world.state()).isEqualTo(supplied);
        assertThat(line.type(supply, NEW).exit()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = TestingStates.Fault.class, names = {"NOTHING_WRITTEN", "ANSWER_LOST"})
    void change_whoseCommitFails_isUnknownAndCanBeRepeated(TestingStates.Fault fault) {
        world.withKey(OLD);
        String start = "rotation start search-production --request-id req-1";
        world.states.fault = fault;

        OperatorLine.Said said = line.type(start);
        world.states.fault = TestingStates.Fault.NONE;
        OperatorLine.Said again = line.type(start);

        assertThat(said.exit()).as(said.err()).isEqualTo(10);
        assertThat(said.err()).contains("repeat with the same --request-id req-1")
                .doesNotContain("nothing was changed");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(world.where()).isEqualTo(RotationState.AWAITING_KEY);
        assertThat(world.states.audit.stream().filter(l -> l.requestId().equals(Optional.of("req-1")))).hasSize(1);
    }

    @Test
    void change_whoseReplyCannotBeKept_isDoneAndSaysSo() {
        world.withKey(OLD);
        String start = "rotation start search-production --request-id req-1";
        world.states.fault = TestingStates.Fault.REPLY_NOT_WRITTEN;

        OperatorLine.Said said = line.type(start);
        OperatorLine.Said again = line.type(start);

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("a rotation is open");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(world.where()).isEqualTo(RotationState.AWAITING_KEY);
    }

    @Test
    void prune_forgetsRepliesOfMoreThanAMonthAgo() {
        world.withKey(OLD);
        line.type("rotation start search-production --request-id req-1");
        String name = "rotation.start/search-production/req-1";
        world.engine.prune();
        assertThat(world.states.replyTo(name).orElseThrow()).doesNotContain("jbe_live");

        world.clock.advance(Duration.ofDays(31));
        world.engine.prune();

        assertThat(world.states.replyTo(name)).isEmpty();
    }
}
