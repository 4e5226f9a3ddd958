package io.keywane;

import org.junit.jupiter.api.DynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** A throw-away machine with a real systemd as PID 1, and a script of named checks that runs in it. */
final class Box {
    static final Path HOME = Path.of(System.getProperty("keywane.home", "")).toAbsolutePath();
    private static final Pattern CHECK = Pattern.compile("(?m)^check ([A-Za-z0-9_]+) ");

    private Box() {}

    /** A script of the folder src/test/sh. */
    static Path script(String name) {
        return HOME.resolve("src/test/sh").resolve(name);
    }

    /** Ends the test, skipped or failed, where no box can be made. */
    static void require() {
        Peers.require("systemd, as root", Optional.of(Path.of("/lib/systemd/systemd"))
                .filter(program -> Files.isExecutable(program) && System.getProperty("user.name").equals("root")));
    }

    /** Runs a command and returns what it wrote. */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        process.waitFor();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** One test for each check that the script names: the output must call it ok. */
    static List<DynamicTest> tests(Path checks, String output) throws IOException {
        List<String> lines = output.lines().toList();
        return CHECK.matcher(Files.readString(checks)).results().map(match -> match.group(1))
                .map(name -> dynamicTest(name, () -> assertThat(lines).as(output).contains("ok " + name))).toList();
    }
}
