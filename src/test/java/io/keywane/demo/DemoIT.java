package io.keywane.demo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole demonstration as a person starts it. */
@Execution(ExecutionMode.CONCURRENT)
class DemoIT {
    private static final int SANDBOX_DAEMON_AND_CONSUMERS = 7;

    @TempDir
    private Path folder;

    private Process demo(String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("keywane.home"), "keywane").toString(), "demo"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("KEYWANE_NO_BUILD", "1");
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + Files.createDirectories(temporary()));
        return builder.start();
    }

    private Path temporary() {
        return folder.resolve("t");
    }

    @Test
    void demo_json_tellsOfARotationThatNobodyNoticed() throws Exception {
        Process demo = demo("--output", "json");
        Set<ProcessHandle> children = new TreeSet<>();
        while (!demo.waitFor(1, TimeUnit.SECONDS)) {
            demo.descendants().forEach(children::add);
        }

        assertThat(demo.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
        assertRotated(JsonMapper.shared().readTree(Files.readString(folder.resolve("out"))));
        assertThat(children).hasSize(SANDBOX_DAEMON_AND_CONSUMERS).noneMatch(ProcessHandle::isAlive);
        assertThat(Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err")))
                .doesNotContain("jbe_sbx_");
        assertNothingLeft();
    }

    private static void assertRotated(JsonNode json) {
        assertThat(json.at("/passed").asBoolean()).isTrue();
        assertThat(json.at("/consumers/requests").asLong()).isGreaterThanOrEqualTo(1_000);
        assertThat(json.at("/consumers/recorded").asLong()).isEqualTo(json.at("/consumers/requests").asLong());
        assertThat(json.at("/consumers/refused").asLong(-1)).isZero();
        assertThat(json.at("/rotation/state").asString()).isEqualTo("flagged");
        assertThat(List.of(instant(json, "promoted_at"), instant(json, "old_key_last_use"), instant(json, "flagged_at"),
                instant(json, "confirmed_revoked_at"))).isSorted();
        assertThat(instant(json, "flagged_at")).isAfter(instant(json, "old_key_last_use").plus(Duration.ofSeconds(30)));
        assertThat(json.at("/rotation/evidence").findValuesAsString("gate")).containsExactlyInAnyOrder("propagation",
                "quiet", "switch", "wallet");
        assertThat(json.at("/rotation/evidence").valueStream())
                .allSatisfy(gate -> assertThat(gate.get("met").asBoolean()).isTrue());
        assertThat(json.at("/rotation/old_key_refusals").asLong()).isPositive();
        assertThat(json.at("/wallet/spent").asLong()).isPositive();
    }

    private static Instant instant(JsonNode json, String field) {
        return Instant.parse(json.at("/rotation/" + field).asString());
    }

    @Test
    void demo_terminated_leavesNothingRunningAndNoFile() throws Exception {
        Process demo = demo();
        List<ProcessHandle> children = awaitChildren(demo);

        demo.toHandle().destroy();

        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertNothingLeft();
    }

    @Test
    void demo_killed_leavesNothingRunning() throws Exception {
        Process demo = demo();
        List<ProcessHandle> children = awaitChildren(demo);

        demo.destroyForcibly().waitFor();

        for (ProcessHandle child : children) {
            child.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    /** Waits until sandbox, daemon and consumers all run. */
    private List<ProcessHandle> awaitChildren(Process demo) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (demo.descendants().count() < SANDBOX_DAEMON_AND_CONSUMERS) {
            assertThat(demo.isAlive() && System.nanoTime() < deadline)
                    .as(Files.readString(folder.resolve("err"))).isTrue();
            Thread.sleep(200);
        }
        return demo.descendants().toList();
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(temporary())) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("keywane-"))).isEmpty();
        }
    }
}
