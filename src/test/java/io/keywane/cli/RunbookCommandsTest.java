package io.keywane.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What runbooks and rules tell a person to type is what the command line takes: every verb, option and count of words. */
class RunbookCommandsTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`|Type: )keywane ([a-z][^`\\n]*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @ParameterizedTest
    @MethodSource("commands")
    void command_ofARunbookOrRule_isUnderstood(String command) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command.replaceAll("\\{\\{[^}]*}}|\\bKEY\\b", "search-production").replaceFirst(" <.*", ""))
                .results().forEach(match -> words.add(match.group().replace("\"", "")));
        // Help instead of the deed: the words before it are judged all the same.
        words.add("--help");
        Run run = Run.of(Path.of("none"), words.toArray(String[]::new));

        assertThat(run.exit()).as(run.err()).isZero();
    }

    private static Stream<String> commands() throws IOException {
        TreeSet<String> commands = new TreeSet<>();
        try (Stream<Path> runbooks = Files.list(Path.of("runbooks"))) {
            List<Path> pages = new ArrayList<>(runbooks.toList());
            pages.add(Path.of("config/prometheus/alerts.yaml"));
            for (Path page : pages) {
                String text = Files.readString(page).replaceAll("(?m)Type:(.*)\\R +(?!runbook_url)", "Type:$1 ")
                        .replaceAll("\\R +\\{\\{ \\$labels\\.key }}", " {{ \\$labels.key }}");
                COMMAND.matcher(text).results().forEach(match -> commands.add(match.group(1)));
            }
        }
        return commands.stream();
    }
}
