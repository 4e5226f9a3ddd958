package io.keywane.cli;

import io.keywane.control.ExitCode;
import io.keywane.control.FakeDaemon;
import io.keywane.control.IncomingRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code runbook} against canned answers of a daemon at a real socket. */
final class RunbookVerbsTest {
    private static final Path PAGES = Path.of("runbooks");

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

    private Path socket() {
        return directory.resolve("s");
    }

    static Stream<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README")).sorted().toList().stream();
        }
    }

    @Test
    void list_names_areThePagesOfTheFolder() throws IOException {
        assertThat(Runbooks.list()).extracting(Runbooks.Entry::name)
                .containsExactlyInAnyOrderElementsOf(pages().toList());
        assertThat(Run.of(socket(), "runbook", "list").outLines()).contains(
                "KeywaneKeyRejected          The API refuses a current key (401)");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void show_page_isTheFile(String name) throws IOException {
        assertThat(Run.of(socket(), "runbook", "show", name).out())
                .isEqualTo(Files.readString(PAGES.resolve(name + ".md")));
    }

    @Test
    void show_otherCase_isFoundAndUnknown_isExit5() {
        assertThat(Run.of(socket(), "runbook", "show", "keywanedown").out()).startsWith("# KeywaneDown\n");

        Run unknown = Run.of(socket(), "runbook", "show", "KeywaneUp");

        assertThat(unknown.exit()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(unknown.err()).isEqualTo("""
                keywane: there is no runbook "KeywaneUp"
                hint: see `keywane runbook list`
                """);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void run_anyPage_onlyLooks(String name) {
        Run run = Run.of(socket(), "runbook", "run", name, "search-production");

        assertThat(run.exit()).isIn(ExitCode.DONE.number(), ExitCode.PROBLEMS_FOUND.number());
        assertThat(daemon.requests()).isNotEmpty().extracting(IncomingRequest::request)
                .noneMatch(request -> request.verb().isMutating());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rotation start a", "keys import a --stdin", "rotation adopt a --yes",
        "keys list < file", "calibrate a", "alerts ack x7k2mqp", "daemon", "evidence export a --output f", "rotation"})
    void run_commandThatChanges_isToldAndNotRun(String command) {
        Runbook page = Runbook.parse("x", "# x\n\n## Meaning\n\nA.\n\n## Diagnosis\n\n```sh\nkeywane " + command
                + "\n```\n");

        assertThat(RunbookDiagnosis.reasonAgainst(page.commands(Runbook.DIAGNOSIS).getFirst()))
                .contains("it is no command that only looks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keywane keys list; rm x", "keywane keys list | sh", "keywane keys $(x)"})
    void shellLine_thatNeedsAShell_isAnError(String line) {
        assertThatThrownBy(() -> ShellLine.parse(line)).hasMessageContaining("not one plain command");
    }

    @Test
    void shellLine_words_areAsAShellReadsThem() {
        ShellLine line = ShellLine.parse("keywane keys import a --reason \"b c\" --stdin < file   # ends with 3");

        assertThat(line.words()).containsExactly("keys", "import", "a", "--reason", "b c", "--stdin");
        assertThat(line.input()).isEqualTo(Optional.of("file"));
        assertThat(line.exit()).isEqualTo(3);
    }

    @Test
    void run_text_hasCommandsFindingsAndNext() {
        Run run = Run.of(socket(), "runbook", "run", "KeywaneCreditsLow", "search-production");

        assertThat(run.exit()).isEqualTo(ExitCode.PROBLEMS_FOUND.number());
        assertThat(run.out()).startsWith("KeywaneCreditsLow: The organisation's wallet holds fewer credits")
                .contains("\n$ keywane usage search-production --since 24h\n  search-production: 2026-11-2")
                .contains(
                        "\nFindings\n  KeywaneCreditsLow fires for acme since 2026-11-24T10:00:00Z: balance 90 is below")
                .contains("\nNext\n").contains("\n  keywane rotation start search-production --emergency")
                .endsWith("\n  keywane runbook show KeywaneCreditsLow\n");
    }

    @Test
    void run_noKeyKnown_tellsWhatIsToBeFilledIn() {
        Run run = Run.of(socket(), "runbook", "run", "KeywaneKeyRejected");

        assertThat(run.out()).contains("\n  keywane keys show KEY  (fill in the words in capitals)\n")
                .contains("\nFindings\n  also firing: KeywaneCreditsLow (acme)\n");
        assertThat(run.exit()).isEqualTo(ExitCode.DONE.number());
    }

    @Test
    void run_json_hasVersionCommandsAndNext() {
        Run run = Run.of(socket(), "runbook", "run", "KeywaneProbesStale", "search-production", "--output", "json");
        JsonNode json = JsonMapper.shared().readTree(run.out());

        assertThat(json.path("version").asInt()).isEqualTo(1);
        assertThat(json.path("key").asString()).isEqualTo("search-production");
        assertThat(json.path("commands").valueStream().map(each -> each.path("command").asString()))
                .containsExactly("keywane keys probe search-production", "keywane keys show search-production",
                        "keywane doctor");
        assertThat(json.at("/commands/0/output").size()).isPositive();
        assertThat(json.path("next").asString())
                .isEqualTo("keywane keys import search-production --stdin < FILE");
    }

    @Test
    void run_withoutDaemon_tellsAndIsExit9() {
        Run run = Run.of(directory.resolve("none"), "runbook", "run", "KeywaneDown");

        assertThat(run.exit()).isEqualTo(ExitCode.UNREACHABLE.number());
        assertThat(run.out()).contains("daemon unreachable: there is no socket").contains("(for you to run)");
    }

    @Test
    void parse_strangeFence_isAnError() {
        assertThatThrownBy(() -> Runbook.parse("x", "# x\n\n```bash\nls\n```\n"))
                .hasMessage("x: a block of kind \"bash\"; say sh, output or text");
        assertThat(List.of(Runbook.Kind.values())).hasSize(3);
    }
}
