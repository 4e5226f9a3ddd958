package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.CannedResults;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.FakeDaemon;
import io.keywane.control.IncomingRequest;
import io.keywane.control.MutationResult;
import io.keywane.control.Verb;
import io.keywane.key.KeyMaterial;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Every changing verb against canned answers of a daemon at a real socket. */
final class ChangingVerbsTest {
    private static final String CANARY = "jbe_live_CanaryCanaryCanary012_CanaryCanaryCanaryCanaryCanaryCanary0123456";

    @TempDir
    private Path directory;
    private FakeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = FakeDaemon.canned(socket());
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    @ParameterizedTest
    @CsvSource({"rotation start,ROTATION_START", "rotation approve --yes,ROTATION_APPROVE",
        "rotation pause,ROTATION_PAUSE", "rotation resume,ROTATION_RESUME", "rotation abort --yes,ROTATION_ABORT",
        "rotation rollback --yes,ROTATION_ROLLBACK", "rotation adopt --yes,ROTATION_ADOPT",
        "rotation waive --gate quiet --yes,ROTATION_WAIVE",
        "rotation confirm-revoked,ROTATION_CONFIRM_REVOKED"})
    void changingVerb_done_printsWhatAndTheUndo(String command, Verb verb) {
        Run run = Run.of(socket(),
                (command + " search-production --reason yearly --request-id req-1").split(" "));

        assertThat(run.outLines()).containsExactly("done: " + verb.wireName(), "rotation:   r-17, now staged",
                "version:    ffeeddcc", "undo:       keywane rotation abort search-production", "request id: req-1");
        assertThat(run.err()).isEqualTo("warning: the key's shape is unfamiliar\n");
        assertThat(run.exit()).isZero();
        assertThat(asked().verb()).isEqualTo(verb);
        assertThat(asked().key().value()).isEqualTo("search-production");
        assertThat(asked().reason()).contains("yearly");
        assertThat(asked().requestId()).contains("req-1");
    }

    @Test
    void changingVerb_withoutRequestId_makesANewOneEachTime() {
        Run.of(socket(), "rotation", "pause", "search-production");
        Run.of(socket(), "rotation", "pause", "search-production");

        assertThat(daemon.requests().stream().map(r -> r.request().requestId().orElseThrow()).distinct()).hasSize(2);
    }

    @Test
    void changingVerb_json_isTheResult() {
        Run run = Run.of(socket(), "rotation", "pause", "search-production", "--output", "json");

        assertThat(JsonMapper.shared().readTree(run.out()).at("/undo").stringValue())
                .isEqualTo("keywane rotation abort search-production");
    }

    @Test
    void arguments_ofTheirVerbs_areSent() {
        Run.of(socket(), "rotation", "start", "a", "--emergency", "--yes");
        assertThat(asked().flag(Argument.EMERGENCY)).isTrue();

        Run.of(socket(), "rotation", "waive", "a", "--gate", "switch", "--reason", "idle", "--yes");
        assertThat(asked().text(Argument.GATE)).contains("switch");

        Run.of(socket(), "rotation", "confirm-revoked", "a", "--key-version", "0a1b2c3d");
        assertThat(asked().text(Argument.VERSION)).contains("0a1b2c3d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rotation approve a", "rotation abort a", "rotation rollback a",
        "rotation waive a --gate quiet --reason idle", "rotation start a --emergency"})
    void dangerousVerb_withoutTerminal_needsYes(String command) {
        Run run = Run.of(socket(), command.split(" "));

        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.err()).contains("needs confirmation, and there is no terminal to ask at")
                .contains("hint: add --yes if it is meant");
        assertThat(daemon.requests()).isEmpty();
    }

    @Test
    void dangerousVerb_answeredYes_isDone() {
        Run.FakeTerminal terminal = new Run.FakeTerminal(" Yes ");

        Run run = new Run.Builder(socket()).terminal(terminal).run("rotation", "approve", "search-production");

        assertThat(run.exit()).isZero();
        assertThat(terminal.questions()).containsExactly("Promote the new key of search-production? Type yes: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"y", "no", ""})
    void dangerousVerb_answeredOtherwise_isNotDone(String answer) {
        Run run = new Run.Builder(socket()).terminal(new Run.FakeTerminal(answer)).run("rotation", "approve", "a");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("keywane: not confirmed; nothing was done\n");
        assertThat(daemon.requests()).isEmpty();
    }

    @Test
    void waive_withoutReason_isUsage() {
        Run run = Run.of(socket(), "rotation", "waive", "a", "--gate", "quiet", "--yes");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("keywane: this needs --reason TEXT: it stands in the audit\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void supply_fromStandardInput_cutsOneLineBreak(String end) {
        Run run = new Run.Builder(socket()).input(CANARY + end).run("rotation", "supply", "search-production",
                "--stdin", "--dashboard-name", "search 2026");

        assertThat(run.exit()).isZero();
        assertThat(daemon.requests().getLast().secret()).contains(KeyMaterial.copyOf(CANARY.getBytes(UTF_8)));
        assertThat(asked().text(Argument.DASHBOARD_NAME)).contains("search 2026");
        assertThat(run.out() + run.err()).doesNotContain("Canary");
    }

    @Test
    void import_fromFile_sendsItsContent() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), CANARY + "\n");

        Run run = Run.of(socket(), "keys", "import", "search-production", "--file", file.toString());

        assertThat(run.exit()).isZero();
        assertThat(asked().verb()).isEqualTo(Verb.KEYS_IMPORT);
        assertThat(daemon.requests().getLast().secret()).contains(KeyMaterial.copyOf(CANARY.getBytes(UTF_8)));
    }

    @Test
    void supply_atATerminal_asksWithoutShowing() {
        Run.FakeTerminal terminal = new Run.FakeTerminal(CANARY);

        Run run = new Run.Builder(socket()).terminal(terminal).run("rotation", "supply", "search-production");

        assertThat(run.exit()).isZero();
        assertThat(terminal.questions()).containsExactly("New key of search-production (not shown): ");
        assertThat(daemon.requests().getLast().secret()).contains(KeyMaterial.copyOf(CANARY.getBytes(UTF_8)));
    }

    @Test
    void supply_withoutTerminalOrSource_saysHow() {
        Run run = Run.of(socket(), "rotation", "supply", "search-production");

        assertThat(run.exit()).isEqualTo(7);
        assertThat(run.err().lines()).containsExactly("keywane: there is no terminal to ask for the key at",
                "hint: give it by --stdin or --file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''|the key is empty",
        "Cana ry|the key contains white space; check for a stray line break or a blank pasted with it",
        "Canaryß|the key contains a character outside ASCII; check for typographic quotes or dashes"})
    void supply_noKey_namesTheRuleAndSendsNothing(String text, String rule) {
        Run piped = new Run.Builder(socket()).input(text).run("rotation", "supply", "a", "--stdin");
        Run typed = new Run.Builder(socket()).terminal(new Run.FakeTerminal(text)).run("rotation", "supply", "a");

        assertThat(piped.err()).isEqualTo("keywane: " + rule + "\nhint: nothing was sent to the daemon\n")
                .isEqualTo(typed.err());
        assertThat(piped.exit()).isEqualTo(2);
        assertThat(daemon.requests()).isEmpty();
    }

    @Test
    void supply_hugeInputOrNoFile_isRefused() {
        Run huge = new Run.Builder(socket()).input("x".repeat(5_000)).run("rotation", "supply", "a", "--stdin");
        Run none = Run.of(socket(), "rotation", "supply", "a", "--file", directory.resolve("none").toString());

        assertThat(huge.err()).isEqualTo("keywane: standard input is too long to be a key\n");
        assertThat(none.err()).isEqualTo("keywane: there is no file " + directory.resolve("none") + "\n");
    }

    @ParameterizedTest
    @EnumSource(value = ExitCode.class, names = "DONE", mode = EnumSource.Mode.EXCLUDE)
    void errorReply_anyCode_isThatExitCodeWithHint(ExitCode code) throws IOException {
        Path other = directory.resolve("other");
        try (FakeDaemon _ = new FakeDaemon(other, _ -> ControlReply.failed(code, "cannot", "type that"))) {
            Run run = Run.of(other, "rotation", "pause", "a");

            assertThat(run).isEqualTo(new Run(code.number(), "", "keywane: cannot\nhint: type that\n"));
        }
    }

    @Test
    void lostAnswer_isExit10WithTheIdToRepeat() throws IOException {
        Path other = directory.resolve("other");
        try (FakeDaemon silent = new FakeDaemon(other, _ -> FakeDaemon.HANG_UP)) {
            Run run = new Run.Builder(other).input(CANARY).run("rotation", "supply", "a", "--stdin");

            String id = silent.requests().getFirst().request().requestId().orElseThrow();
            assertThat(run.exit()).isEqualTo(10);
            assertThat(run.err()).contains("took rotation.supply but did not answer; it may or may not be done")
                    .contains("hint: repeat the command with --request-id " + id);
        }
    }

    @Test
    void repeatedRequest_isToldSo() {
        MutationResult again = new MutationResult("a", "Paused a.",
                "keywane rotation resume a", Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of("req-1"), true, List.of());

        assertThat(MutationText.lines(again, plain())).containsExactly(
                "Paused a. (told again: it was done before)", "undo:       keywane rotation resume a",
                "request id: req-1");
    }

    private static Style plain() {
        return new Style(CannedResults.NOON, false);
    }

    private Path socket() {
        return directory.resolve("s");
    }

    private ControlRequest asked() {
        return daemon.requests().stream().map(IncomingRequest::request).toList().getLast();
    }
}
