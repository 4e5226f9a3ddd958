package io.keywane.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The offline check of a configuration file; what is wrong with which file is tested beside the loader. */
final class CheckConfigTest {
    private static final Path EXAMPLE = Path.of("config", "keywane.yaml");

    @TempDir
    private Path directory;

    @Test
    void checkConfig_shippedExample_hasNoProblems() {
        Run run = check(EXAMPLE);

        assertThat(run.exit()).isZero();
        assertThat(run.outLines()).hasSize(4).first().isEqualTo(EXAMPLE + ": no problems");
        assertThat(run.outLines().getLast()).startsWith("API: http");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void checkConfig_shippedExample_asJson_namesItsKeys() {
        JsonNode json = JsonMapper.shared().readTree(check(EXAMPLE, "--output", "json").out());

        assertThat(json.at("/version").intValue()).isEqualTo(1);
        assertThat(json.at("/valid").booleanValue()).isTrue();
        assertThat(json.at("/keys").size()).isPositive();
        assertThat(json.at("/problems").isEmpty()).isTrue();
    }

    @Test
    void checkConfig_unknownField_isExit3WithItsPlace() throws IOException {
        Path file = directory.resolve("keywane.yaml");
        Files.writeString(file, Files.readString(EXAMPLE) + "\nkolour: red\n");
        long line = Files.readAllLines(file).size();

        Run run = check(file);
        JsonNode problem = JsonMapper.shared().readTree(check(file, "--output", "json").out()).at("/problems/0");

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).startsWith(file + ":" + line + ":1: ").contains("kolour");
        assertThat(problem.at("/line").intValue()).isEqualTo((int) line);
        assertThat(problem.at("/column").intValue()).isEqualTo(1);
    }

    @Test
    void checkConfig_noFile_isExit3AndSaysSo() {
        Path file = directory.resolve("none.yaml");

        Run run = check(file);

        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).startsWith(file + ": ");
    }

    private Run check(Path file, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "check-config";
        arguments[1] = file.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Run.of(directory.resolve("none"), arguments);
    }
}
