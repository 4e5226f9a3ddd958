package io.keywane.cli;

import io.keywane.AlertRulesFile;
import io.keywane.control.ExitCode;
import io.keywane.daemon.BackupCommand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What runbooks and rules tell a person to type is what the command line takes: every verb, option and count of words. */
class RunbookCommandsTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`|Type: )keywane ([a-z][^`\\n]*)");
    /** What a page shows of an answer is not for typing. */
    private static final Pattern OUTPUT = Pattern.compile("(?s)```output\\n.*?```");
    /** Verbs that ask no daemon, and have no time in which it must answer. */
    private static final List<String> OFFLINE = List.of("backup", "check-config", "evidence verify", "runbook list",
            "runbook show");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @ParameterizedTest
    @ValueSource(strings = {"rotation waive KEY --gat quiet", "rotation wave KEY", "keys probe KEY twice"})
    void command_thatTheCommandLineLacks_isNotUnderstood(String command) {
        assertThat(run(command).exit()).isEqualTo(ExitCode.USAGE.number());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_ofARunbookOrRule_isUnderstood(String command) {
        Run run = run(command);

        assertThat(run.exit()).as(run.err()).isNotEqualTo(ExitCode.USAGE.number());
    }

    /** A run of it without a daemon. */
    static Run run(String command) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command.replaceAll("\\{\\{[^}]*}}|\\b(?:KEY|NAME)\\b", "search-production")
                .replaceFirst(" *# ends with.*", "").replaceFirst(" <.*", ""))
                .results().forEach(match -> words.add(match.group().replace("\"", "")));
        // No daemon listens there: what is well formed ends for that reason, or for want of the file or terminal it names.
        if (OFFLINE.stream().noneMatch(command::startsWith)) {
            words.addAll(List.of("--timeout", "1s"));
        }
        Run.Builder builder = new Run.Builder(Path.of("none")).input("some-key")
                .more(Map.of("backup", new BackupCommand()));
        // `rotation watch` waits a minute for a daemon to come back: still at it means understood.
        return CompletableFuture.supplyAsync(() -> builder.run(words.toArray(String[]::new)))
                .completeOnTimeout(new Run(ExitCode.WAIT_TIMED_OUT.number(), "", ""), 5, TimeUnit.SECONDS).join();
    }

    private static Stream<String> commands() throws IOException {
        TreeSet<String> commands = new TreeSet<>();
        try (Stream<Path> runbooks = Files.list(Path.of("runbooks"))) {
            for (Path page : runbooks.toList()) {
                COMMAND.matcher(OUTPUT.matcher(Files.readString(page)).replaceAll("")).results()
                        .forEach(match -> commands.add(match.group(1)));
            }
        }
        AlertRulesFile.rules().forEach(rule -> COMMAND.matcher(rule.description()).results()
                .forEach(match -> commands.add(match.group(1))));
        return commands.stream();
    }
}
