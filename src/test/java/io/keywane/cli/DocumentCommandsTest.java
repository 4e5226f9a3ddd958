package io.keywane.cli;

import io.keywane.control.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Blocks of README and docs: one marked {@code sh} is run whole by a test, or has only commands that the command line
 * understands, as seen here; one marked {@code console} is an illustration.
 */
class DocumentCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("(?:\\./)?keywane ([a-z][^#>]*).*");
    /** Who runs all blocks of a page. */
    private static final Map<String, String> RUN = Map.of("first-hour.md", "FirstHourIT", "install.md",
            "src/test/sh/install-checks", "upgrade.md", "src/test/sh/install-checks");

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path page : pages()) {
            if (!RUN.containsKey(page.getFileName().toString())) {
                BLOCK.matcher(Files.readString(page)).results().flatMap(block -> block.group(1).lines())
                        .forEach(line -> lines.add(page + ": " + line));
            }
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("lines")
    void line_ofABlockThatNoTestRuns_isACommandThatIsUnderstood(String line) {
        Matcher command = COMMAND.matcher(line.replaceFirst("^[^:]*: ", ""));
        assertThat(command.matches()).as("mark it console if it is an illustration: " + line).isTrue();
        Run run = RunbookCommandsTest.run(command.group(1).strip());

        assertThat(run.exit()).as(run.err()).isNotEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void pages_thatAreRunWhole_haveBlocksAndARunner() throws IOException {
        for (Map.Entry<String, String> page : RUN.entrySet()) {
            assertThat(BLOCK.matcher(Files.readString(Path.of("docs", page.getKey()))).results()).isNotEmpty();
            Path runner = page.getValue().contains("/")
                    ? Path.of(page.getValue())
                    : Path.of("src/test/java/io/keywane", page.getValue() + ".java");
            assertThat(runner).content().contains(page.getKey());
        }
    }

    @Test
    void blocks_ofAnyPage_areOfAKnownSort() throws IOException {
        Pattern fence = Pattern.compile("(?m)^```([a-z]+)$");
        for (Path page : pages()) {
            assertThat(fence.matcher(Files.readString(page)).results().map(m -> m.group(1))).as(page.toString())
                    .isSubsetOf("sh", "console", "java", "text", "yaml", "json", "mermaid", "properties", "ini");
        }
    }
}
