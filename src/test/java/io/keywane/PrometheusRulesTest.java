package io.keywane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules, judged by Prometheus' own promtool: clean, and each alert fires, stays quiet and resolves. */
class PrometheusRulesTest {
    private static final Path TESTS = Path.of("config/prometheus/tests");

    @Test
    void rules_lint_isClean() throws Exception {
        run("promtool", "check", "rules", "--lint=all", "--lint-fatal", AlertRulesFile.PATH.toString(),
                AlertRulesFile.RECORDING.toString());
    }

    @ParameterizedTest
    @MethodSource("testFiles")
    void rules_unitTests_pass(Path tests) throws Exception {
        run("promtool", "test", "rules", tests.toString());
    }

    @Test
    void alertmanagerExample_check_isClean() throws Exception {
        run("amtool", "check-config", "config/prometheus/alertmanager-example.yaml");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void alert_unitTests_haveFireTwinAndResolve(String alert) throws IOException {
        List<String> kinds = new ArrayList<>();
        for (JsonNode test : unitTests()) {
            String name = test.path("name").asString("");
            if (name.startsWith(alert + " ")) {
                kinds.add(kind(name.substring(alert.length() + 1), test.path("alert_rule_test")));
            }
        }

        assertThat(kinds).contains("fires", "stays quiet", "resolves").doesNotContain("unclear");
    }

    /** What a test shows, if its expectations are those of its name. */
    private static String kind(String name, JsonNode steps) {
        List<Boolean> firing = steps.valueStream().map(step -> !step.path("exp_alerts").isEmpty()).toList();
        if (name.startsWith("fires") && firing.getLast()) {
            return "fires";
        }
        if (name.startsWith("stays quiet: ") && !firing.contains(true)) {
            return "stays quiet";
        }
        return name.startsWith("resolves") && firing.equals(List.of(true, false)) ? "resolves" : "unclear";
    }

    private static List<JsonNode> unitTests() throws IOException {
        List<JsonNode> tests = new ArrayList<>();
        for (Path file : testFiles().toList()) {
            YamlTree.read(file).get("tests").forEach(tests::add);
        }
        return tests;
    }

    private static Stream<Path> testFiles() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.sorted().toList().stream();
        }
    }

    private static Stream<String> alerts() throws IOException {
        return AlertRulesFile.rules().stream().map(AlertRulesFile.Rule::name);
    }

    private static void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Peers.require(program, Peers.onPath(program)).toString());
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as("%s%n%s", String.join(" ", command), output).isZero();
    }
}
