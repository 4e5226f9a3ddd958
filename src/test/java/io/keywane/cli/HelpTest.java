package io.keywane.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

final class HelpTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    private Path directory;

    static Stream<String> verbs() {
        return leaves(tree()).map(leaf -> leaf.getCommandSpec().qualifiedName());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void help_everyVerb_hasAnExampleThatParses(String verb) {
        String help = run(verb.substring("keywane ".length()) + " --help").out();
        List<String> examples = help.lines().filter(line -> line.startsWith("  $ keywane")).toList();

        assertThat(help).contains("\nExample:\n");
        assertThat(examples).isNotEmpty().allSatisfy(example -> {
            assertThat(example).startsWith("  $ " + verb);
            CommandLine.ParseResult parsed = tree().parseArgs(words(example.substring("  $ keywane ".length())));
            assertThat(parsed.asCommandLineList().getLast().getCommandSpec().qualifiedName()).isEqualTo(verb);
        });
    }

    @Test
    void help_topLevel_isAsDocumented() throws IOException {
        String expected;
        try (var stream = requireNonNull(HelpTest.class.getResourceAsStream("help.txt"), "help.txt is missing")) {
            expected = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(run("--help").out()).isEqualTo(expected);
    }

    @Test
    void help_topLevel_namesEveryVerb() {
        String help = run("--help").out();

        assertThat(verbs()).isNotEmpty()
                .allSatisfy(verb -> assertThat(help).contains("\n  " + verb.substring("keywane ".length()) + " "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"rotatoin|unknown command 'rotatoin'|did you mean: keywane rotation",
        "rotation aprove|unknown command 'aprove'|did you mean: keywane rotation approve",
        "keys lst|unknown command 'lst'|did you mean: keywane keys list",
        "keys list --outptu json|unknown option '--outptu'|did you mean: --output",
        "keys show|Missing required parameter: 'KEY'|see: keywane keys show --help",
        "keys show NotAName|Invalid value for positional parameter at index 0 (KEY): invalid key name \"NotAName\": need 1 to 63 characters: lower-case letters, digits and '-', starting with a letter or digit|see: keywane keys show --help",
        "usage a --since tomorrow|Invalid value for option '--since': 'tomorrow' is no duration above 0, such as 90s, 30m, 24h, 7d|see: keywane usage --help",
        "usage a --since 0s|Invalid value for option '--since': '0s' is no duration above 0, such as 90s, 30m, 24h, 7d|see: keywane usage --help"})
    void mistake_anywhere_isExit2WithASuggestion(String command, String message, String hint) {
        Run run = run(command);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("keywane: " + message + "\nhint: " + hint);
    }

    @ParameterizedTest
    @CsvSource({"''", "keys", "rotation", "audit"})
    void noVerb_showsTheHelpOnStandardErrorAndIsExit2(String command) {
        Run run = command.isEmpty() ? Run.of(directory.resolve("none")) : run(command);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: keywane " + command);
    }

    @Test
    void unexpectedException_isOneLineAndAHint() {
        Run plain = failing();
        Run debug = failing("--debug");

        assertThat(plain.exit()).isEqualTo(1);
        assertThat(plain.err().lines()).containsExactly("keywane: unexpected error: IllegalStateException: broken",
                "hint: run it again with --debug for the stack trace");
        assertThat(debug.err()).contains("java.lang.IllegalStateException: broken\n\tat ")
                .endsWith("keywane: unexpected error: IllegalStateException: broken\n");
    }

    @Test
    void version_everyVerb_tellsTheProductsVersion() {
        assertThat(run("--version").out()).matches("keywane \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(run("keys list --version").out()).isEqualTo(run("--version").out());
    }

    @ParameterizedTest
    @CsvSource({"bash", "zsh"})
    void completion_script_namesEveryVerb(String shell) {
        Run run = run("completion " + shell);

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("confirm-revoked", "--request-id", "complete -F", "autoload -U +X bashcompinit");
    }

    private Run failing(String... more) {
        @CommandLine.Command(name = "break")
        final class Break implements Runnable {
            @Override
            public void run() {
                throw new IllegalStateException("broken");
            }
        }
        List<String> arguments = new ArrayList<>(List.of("break"));
        arguments.addAll(List.of(more));
        return new Run.Builder(directory.resolve("none")).more(Map.of("break", new Break()))
                .run(arguments.toArray(String[]::new));
    }

    private Run run(String command) {
        return Run.of(directory.resolve("none"), command.split(" "));
    }

    private static CommandLine tree() {
        return KeywaneCommandLine.create(CliContext.ofProcess(), new Root(), Map.of());
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(HelpTest::leaves);
    }

    /** As a shell would split it, up to a redirection. */
    private static String[] words(String line) {
        return WORD.matcher(line.replaceAll(" [<>] .*", "")).results()
                .map((MatchResult word) -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
    }
}
