package io.keywane.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** One file for each mistake in {@code config/bad}; the exact message stands beside it in a {@code .txt}. */
class BadConfigTest {
    private static final Path FOLDER = resource("/config/bad");

    @ParameterizedTest
    @MethodSource("mistakes")
    void load_fileWithOneMistake_saysExactlyThis(String mistake) throws IOException {
        Path file = FOLDER.resolve(mistake + ".yaml");
        String message = String.valueOf(failure(file).getMessage()).replace(FOLDER + "/", "");
        assertThat(message + "\n").isEqualTo(Files.readString(FOLDER.resolve(mistake + ".txt")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void load_fileWithOneMistake_showsNoSecret(String mistake) {
        ConfigException failure = failure(FOLDER.resolve(mistake + ".yaml"));
        assertThat(failure.toString() + failure.problems()).doesNotContainIgnoringCase("canary")
                .doesNotContain("battery", "c2VjcmV0", "hunter2");
    }

    @Test
    void mistakes_eachFile_hasItsMessage() throws IOException {
        assertThat(mistakes()).hasSizeGreaterThan(50);
        assertThat(mistakes()).containsExactlyElementsOf(names(".txt"));
    }

    static List<String> mistakes() throws IOException {
        return names(".yaml");
    }

    private static List<String> names(String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length())).sorted().toList();
        }
    }

    private static ConfigException failure(Path file) {
        return catchThrowableOfType(ConfigException.class, () -> new ConfigLoader(Map.of()).load(file));
    }

    private static Path resource(String name) {
        try {
            return Path.of(BadConfigTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
