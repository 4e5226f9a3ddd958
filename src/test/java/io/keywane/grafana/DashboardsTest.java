package io.keywane.grafana;

import io.keywane.daemon.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The files in {@code config/grafana} and in the chart are what the code makes, and ask for what the daemon shows. */
class DashboardsTest {
    private static final Pattern METRIC = Pattern.compile("\\bkeywane_[a-z_]+");
    private static final Set<String> SHOWN = Stream.of(Metric.values()).map(Metric::exposedName)
            .collect(Collectors.toSet());

    static Stream<Dashboard> all() {
        return Dashboards.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void file_asShipped_isWhatTheCodeMakes(Dashboard dashboard) throws IOException {
        String file = "keywane-" + dashboard.name() + ".json";
        Path made = Files.createDirectories(Path.of("target/grafana")).resolve(file);
        Files.writeString(made, dashboard.json());

        for (String folder : List.of("config/grafana", "charts/keywane/files/dashboards")) {
            assertThat(Path.of(folder, file)).as("if the new one is meant, copy " + made + " over it")
                    .hasContent(dashboard.json());
        }
    }

    @Test
    void folders_ofDashboards_haveNoOthers() throws IOException {
        for (String folder : List.of("config/grafana", "charts/keywane/files/dashboards")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                assertThat(files.map(file -> file.getFileName().toString())).as(folder)
                        .containsExactlyInAnyOrder("keywane-fleet.json", "keywane-key.json", "keywane-rotation.json");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void queries_ofADashboard_nameMetricsThatTheDaemonShows(Dashboard dashboard) {
        List<String> named = dashboard.panels().stream().flatMap(panel -> panel.queries().stream())
                .flatMap(query -> METRIC.matcher(query.expression()).results()).map(MatchResult::group)
                .map(name -> name.replaceFirst("_bucket$", "")).toList();

        assertThat(named).isNotEmpty().allMatch(SHOWN::contains);
    }

    @ParameterizedTest
    @MethodSource("all")
    void panels_ofADashboard_sayWhatTheyTellAndDoNotOverlap(Dashboard dashboard) {
        JsonNode json = JsonMapper.shared().readTree(dashboard.json());
        Set<String> cells = new HashSet<>();
        json.get("panels").valueStream().forEach(panel -> {
            assertThat(panel.get("title").asString()).isNotBlank();
            assertThat(panel.get("description").asString()).endsWith(".");
            JsonNode place = panel.get("gridPos");
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    int column = place.get("x").asInt() + x;
                    assertThat(column).isLessThan(24);
                    assertThat(cells.add(column + "/" + (place.get("y").asInt() + y))).isTrue();
                }
            }
        });
        assertThat(json.get("panels").findValues("id").stream().map(JsonNode::asInt)).doesNotHaveDuplicates();
        assertThat(dashboard.json()).as("the data source is the reader's").doesNotContain("\"uid\" : \"P");
    }
}
