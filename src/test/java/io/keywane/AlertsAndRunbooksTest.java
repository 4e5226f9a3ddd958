package io.keywane;

import io.keywane.alert.AlertName;
import io.keywane.daemon.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Alerts that the daemon knows, Prometheus rules and runbooks: one to one, both ways. */
class AlertsAndRunbooksTest {
    private static final Path RUNBOOKS = Path.of("runbooks");
    private static final List<String> SECTIONS = List.of("Meaning", "Impact", "Diagnosis", "Mitigation",
            "Threshold and why", "Verification", "Rollback", "Escalation");
    /** What the daemon decides but rules state on plain metrics, so that they fire even if its loops hang. */
    private static final List<AlertName> ON_PLAIN_METRICS = List.of(AlertName.PROBES_STALE, AlertName.CREDITS_LOW,
            AlertName.RATE_LIMIT_SATURATED);

    @Test
    void rules_andAlertNames_matchOneToOne() throws IOException {
        assertThat(AlertRulesFile.rules()).extracting(AlertRulesFile.Rule::name)
                .containsExactlyInAnyOrderElementsOf(Stream.of(AlertName.values()).map(AlertName::alertName).toList());
    }

    @Test
    void runbooks_andAlertNames_matchOneToOne() throws IOException {
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            assertThat(files.map(file -> RUNBOOKS.relativize(file).toString())
                    .filter(name -> name.startsWith("Keywane"))).containsExactlyInAnyOrderElementsOf(
                            Stream.of(AlertName.values()).map(name -> name.alertName() + ".md").toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void rule_severity_isTheDaemons(AlertName name) throws IOException {
        assertThat(rule(name).severity()).isEqualTo(name.severity().word());
    }

    @ParameterizedTest
    @EnumSource
    void rule_decidedByTheDaemon_takesItsDecision(AlertName name) throws IOException {
        String decision = "keywane_alert_active{alert=\"" + name.alertName() + "\"}";

        assertThat(rule(name).expression().contains(decision))
                .isEqualTo(name.isDecidedHere() && !ON_PLAIN_METRICS.contains(name));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule_always_saysWhatAndHowLongAndWhatToType(AlertRulesFile.Rule rule) {
        assertThat(rule.delay()).matches("[0-9]+m");
        assertThat(rule.summary()).hasSizeBetween(10, 120);
        assertThat(rule.description()).contains("(threshold: ").contains(" Type: ")
                .as("no promise of another place").doesNotContain("http");
        assertThat(rule.runbook()).endsWith("/runbooks/" + rule.name() + ".md");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule_metrics_areInTheCatalogue(AlertRulesFile.Rule rule) {
        assertThat(Stream.of(Metric.values()).map(Metric::exposedName)).containsAll(rule.metrics());
    }

    @ParameterizedTest
    @EnumSource
    void runbook_form_isComplete(AlertName name) throws IOException {
        String page = page(name);
        List<String> found = Pattern.compile("(?m)^## (.+)$").matcher(page).results().map(match -> match.group(1))
                .toList();

        assertThat(page).startsWith("# " + name.alertName() + "\n");
        assertThat(found).isEqualTo(SECTIONS);
        assertThat(page.split("(?m)^## .+$", -1)).allSatisfy(section -> assertThat(section).isNotBlank());
        assertThat(page).containsPattern("(?m)^```sh\\R(?:keywane|curl|df) ");
    }

    @ParameterizedTest
    @EnumSource
    void runbook_otherPages_exist(AlertName name) throws IOException {
        assertThat(Pattern.compile("Keywane[A-Z][A-Za-z]+").matcher(page(name)).results())
                .allSatisfy(match -> assertThat(RUNBOOKS.resolve(match.group() + ".md")).exists());
    }

    private static Stream<AlertRulesFile.Rule> rules() throws IOException {
        return AlertRulesFile.rules().stream();
    }

    private static AlertRulesFile.Rule rule(AlertName name) throws IOException {
        return rules().filter(rule -> rule.name().equals(name.alertName())).findFirst().orElseThrow();
    }

    private static String page(AlertName name) throws IOException {
        return Files.readString(RUNBOOKS.resolve(name.alertName() + ".md"));
    }
}
