package io.keywane;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * The shipped unit, run by a real systemd as PID 1 of a throw-away box: started, reloaded, killed, hung, stopped, and given
 * a bad configuration. Each line that src/test/sh/unit-checks prints is a test here.
 */
class SystemdIT {
    private static final Path HOME = Path.of(System.getProperty("keywane.home", "")).toAbsolutePath();
    private static final Path CHECKS = HOME.resolve("src/test/sh/unit-checks");
    private static final Pattern CHECK = Pattern.compile("(?m)^check ([A-Za-z0-9_]+) ");

    @TestFactory
    List<DynamicTest> unit_underARealSystemd_doesWhatItPromises(@TempDir Path folder) throws Exception {
        Peers.require("systemd, as root", systemd());
        String output = box(folder);

        List<String> lines = output.lines().toList();
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : checks()) {
            tests.add(dynamicTest(name, () -> assertThat(lines).as(output).contains("ok " + name)));
        }
        return tests;
    }

    private static Optional<Path> systemd() {
        return Optional.of(Path.of("/lib/systemd/systemd"))
                .filter(program -> Files.isExecutable(program) && System.getProperty("user.name").equals("root"));
    }

    private static List<String> checks() throws IOException {
        return CHECK.matcher(Files.readString(CHECKS)).results().map((MatchResult match) -> match.group(1)).toList();
    }

    private static String box(Path folder) throws IOException, InterruptedException {
        Path defaults = Files.writeString(folder.resolve("defaults"),
                "KEYWANE_NO_BUILD=1\nKEYWANE_JAVA_HOME=" + System.getProperty("java.home") + "\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/usr/lib/keywane/keywane"));
        List<String> command = new ArrayList<>(List.of(HOME.resolve("src/test/sh/systemd-box").toString(),
                CHECKS.toString()));
        Stream.of(defaults + ":/etc/default/keywane", HOME.resolve("keywane") + ":/usr/lib/keywane/keywane",
                link + ":/usr/bin/keywane",
                HOME.resolve("src/package/java-options") + ":/usr/lib/keywane/src/package/java-options",
                HOME.resolve("target/keywane.jar") + ":/usr/lib/keywane/target/keywane.jar",
                HOME.resolve("target/lib") + ":/usr/lib/keywane/target/lib",
                HOME.resolve("systemd/keywane.service") + ":/etc/systemd/system/keywane.service",
                HOME.resolve("systemd/keywane-reload@.path") + ":/etc/systemd/system/keywane-reload@.path",
                HOME.resolve("systemd/keywane-reload@.service") + ":/etc/systemd/system/keywane-reload@.service",
                HOME.resolve("systemd/keywane.sysusers.conf") + ":/usr/lib/sysusers.d/keywane.conf",
                HOME.resolve("systemd/keywane.tmpfiles.conf") + ":/usr/lib/tmpfiles.d/keywane.conf",
                fixture("good.yaml"), fixture("second.yaml"), fixture("bad.yaml")).forEach(command::add);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        process.waitFor();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static String fixture(String name) {
        return HOME.resolve("src/test/resources/systemd").resolve(name) + ":/root/" + name;
    }
}
