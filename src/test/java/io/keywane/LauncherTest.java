package io.keywane;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The real launcher in a checkout of its own, with a JDK and a Maven that only write down how they were called. */
final class LauncherTest {
    private static final Path LAUNCHER = Path.of("keywane").toAbsolutePath();

    @TempDir
    private Path directory;
    private Path checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Files.createDirectories(directory.resolve("a checkout"));
        Files.createDirectories(checkout.resolve("src/main/java"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("src/main/java/A.java"), "class A {}");
        Files.copy(LAUNCHER, checkout.resolve("keywane"));
        Files.createDirectories(checkout.resolve("src/package"));
        Files.copy(LAUNCHER.resolveSibling("src/package/java-options"), checkout.resolve("src/package/java-options"));
        makeJdk("jdk25", "25.0.1");
        script("bin/mvn", "echo built >>\"$BUILDS\"; sleep 0.3; mkdir -p target; echo jar >target/keywane.jar");
        Files.createDirectories(directory.resolve("elsewhere"));
    }

    @Test
    void launcher_shellcheck_findsNothing() throws Exception {
        Path shellcheck = Peers.require("shellcheck", Peers.onPath("shellcheck"));

        Result result = finish(new ProcessBuilder(shellcheck.toString(), "--shell=sh", "--external-sources",
                "--source-path=" + LAUNCHER.getParent(),
                LAUNCHER.toString()));

        assertThat(result.out()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    @Test
    void launcher_noJar_buildsAndSaysSoOnStandardError() throws Exception {
        Result result = run("keys", "list");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).startsWith("keywane: building");
        assertThat(result.out()).contains("-jar " + checkout + "/target/keywane.jar keys list\n");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void launcher_freshJar_buildsNothingAndIsQuiet() throws Exception {
        run("doctor");

        Result second = run("doctor");

        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "src/main/java/A.java"})
    void launcher_changedSource_buildsAgain(String source) throws Exception {
        run("doctor");
        Files.setLastModifiedTime(checkout.resolve(source), FileTime.from(Instant.now().plusSeconds(60)));

        run("doctor");

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void launcher_noBuild_neverBuilds() throws Exception {
        Result without = finish(command("doctor"), "KEYWANE_NO_BUILD", "1");
        Files.createDirectories(checkout.resolve("target"));
        Files.writeString(checkout.resolve("target/keywane.jar"), "old");
        Files.setLastModifiedTime(checkout.resolve("target/keywane.jar"), FileTime.from(Instant.EPOCH));
        Result with = finish(command("doctor"), "KEYWANE_NO_BUILD", "1");

        assertThat(without.exit()).isEqualTo(1);
        assertThat(without.err()).contains("KEYWANE_NO_BUILD=1 forbids to build it");
        assertThat(with.exit()).isZero();
        assertThat(builds()).isZero();
    }

    @Test
    void launcher_failedBuild_showsItsOutputAndRunsNothing() throws Exception {
        script("bin/mvn", "echo '[ERROR] it is broken'; exit 1");

        Result result = run("doctor");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("[ERROR] it is broken\nkeywane: the build failed");
    }

    @Test
    void launcher_severalAtOnce_buildOnlyOnce() throws Exception {
        assertBuildsOnce();
    }

    @Test
    void launcher_severalAtOnceWithoutFlock_buildOnlyOnce() throws Exception {
        // A PATH with all that the launcher needs, but no flock.
        for (String tool : List.of("dirname", "readlink", "grep", "find", "head", "mkdir", "cat", "rm", "sleep",
                "touch")) {
            script("bin/" + tool, "exec " + Peers.onPath(tool).orElseThrow() + " \"$@\"");
        }
        assertBuildsOnce("PATH", directory.resolve("bin").toString());
        assertThat(checkout.resolve("target/keywane-build.lock.d")).doesNotExist();
    }

    @Test
    void launcher_throughSymbolicLinksFromElsewhere_findsItsCheckout() throws Exception {
        Path first = Files.createSymbolicLink(directory.resolve("elsewhere/first"),
                Path.of("..", "a checkout", "keywane"));
        Path second = Files.createSymbolicLink(directory.resolve("second"), first);

        Result result = finish(new ProcessBuilder(second.toString(), "doctor"));

        assertThat(result.out()).contains("-jar " + checkout + "/target/keywane.jar doctor\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "demo"})
    void launcher_busyVerb_isNotBoundToTheQuickCompiler(String verb) throws Exception {
        assertThat(run("--debug", verb).out()).doesNotContain("TieredStopAtLevel")
                .contains("-XX:+ExitOnOutOfMemoryError");
        assertThat(run("keys", verb).out()).contains("-XX:TieredStopAtLevel=1");
    }

    @Test
    void launcher_daemon_isSmall() throws Exception {
        assertThat(run("--debug", "daemon").out()).contains("-Xms16m", "-XX:TieredStopAtLevel=1",
                "-XX:TrimNativeHeapInterval=", "-XX:+ExitOnOutOfMemoryError").doesNotContain("-Xmx");
    }

    @Test
    void launcher_anyVerb_keepsMemoryToItself() throws Exception {
        assertThat(run("daemon").out()).contains("-XX:-HeapDumpOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash",
                "-XX:+DisableAttachMechanism", "-XX:-UsePerfData");
    }

    @Test
    void launcher_arguments_arriveAsGiven() throws Exception {
        assertThat(run("a b", "", "*", "$HOME").out()).endsWith("keywane.jar a b  * $HOME\n");
    }

    @Test
    void launcher_askedForItsJdk_namesItAndBuildsNothing() throws Exception {
        Result result = run("--print-java-home");

        assertThat(result.out()).isEqualTo(directory.resolve("jdk25") + "\n");
        assertThat(builds()).isZero();
    }

    @Test
    void launcher_wrongJavaHome_isSaidSo() throws Exception {
        makeJdk("jdk17", "17.0.15");

        Result result = finish(command("doctor"), "KEYWANE_JAVA_HOME", directory.resolve("jdk17").toString());

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("keywane: KEYWANE_JAVA_HOME=" + directory.resolve("jdk17")
                + " is no JDK 25\nhint: name the folder of a JDK 25, or unset it\n");
    }

    @Test
    void launcher_javaHomeOfAnotherRelease_isPassedOver() throws Exception {
        makeJdk("jdk17", "17.0.15");
        makeJdk("onpath", "25.0.2");
        Files.createSymbolicLink(directory.resolve("bin/java"), directory.resolve("onpath/bin/java"));

        Result result = finish(command("doctor"), "KEYWANE_JAVA_HOME", "", "JAVA_HOME",
                directory.resolve("jdk17").toString());

        assertThat(result.out()).startsWith(directory.resolve("onpath").toString());
    }

    private void assertBuildsOnce(String... environment) throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(start(command("doctor"), environment));
        }
        for (Process process : processes) {
            assertThat(collect(process).exit()).isZero();
        }
        assertThat(builds()).isEqualTo(1);
    }

    private void makeJdk(String name, String version) throws IOException {
        script(name + "/bin/java", "echo \"" + directory.resolve(name) + " $*\"");
        Files.writeString(directory.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private void script(String path, String body) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int builds() throws IOException {
        Path builds = directory.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(checkout.resolve("keywane").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private Result run(String... arguments) throws Exception {
        return finish(command(arguments));
    }

    private Result finish(ProcessBuilder builder, String... environment) throws Exception {
        return collect(start(builder, environment));
    }

    private Process start(ProcessBuilder builder, String... environment) throws IOException {
        builder.directory(directory.resolve("elsewhere").toFile());
        builder.environment().put("KEYWANE_JAVA_HOME", directory.resolve("jdk25").toString());
        builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("BUILDS", directory.resolve("builds").toString());
        builder.environment().remove("KEYWANE_NO_BUILD");
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        return builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
    }

    private static Result collect(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, err);
    }

    private record Result(int exit, String out, String err) {}
}
