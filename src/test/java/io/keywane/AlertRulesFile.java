package io.keywane;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shipped rule files, read for tests. */
public final class AlertRulesFile {
    static final Path PATH = Path.of("config/prometheus/alerts.yaml");
    static final Path RECORDING = Path.of("config/prometheus/recording.yaml");
    private static final Pattern METRIC = Pattern.compile("\\bkeywane_[a-z_]+");

    private AlertRulesFile() {}

    /** One alert rule. */
    public record Rule(String name, String expression, String delay, String severity, String summary,
            String description,
            String runbook) {
        /** The metrics that its expression and its texts ask for. */
        SortedSet<String> metrics() {
            SortedSet<String> names = new TreeSet<>();
            Matcher matcher = METRIC.matcher(expression + " " + description);
            while (matcher.find()) {
                names.add(matcher.group());
            }
            return names;
        }
    }

    /** The same rules with seconds for minutes, as docs/operate.md tells how to try them. */
    public static String inSeconds() throws IOException {
        return Files.readString(PATH).replaceAll("\\[(\\d+)m]", "[$1s]").replaceAll("for: (\\d+)m", "for: $1s");
    }

    public static List<Rule> rules() throws IOException {
        return YamlTree.read(PATH).at("/groups").valueStream()
                .flatMap(group -> group.get("rules").valueStream()).map(AlertRulesFile::rule).toList();
    }

    private static Rule rule(JsonNode rule) {
        return new Rule(text(rule, "/alert"), text(rule, "/expr"), text(rule, "/for"), text(rule, "/labels/severity"),
                text(rule, "/annotations/summary"), text(rule, "/annotations/description"),
                text(rule, "/annotations/runbook_url"));
    }

    private static String text(JsonNode rule, String field) {
        return rule.at(field).asString("");
    }
}
