package io.keywane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Debian's Prometheus scrapes a running daemon: every metric that a rule names is there, and the rules are evaluated. */
class PrometheusScrapeIT {
    private static final Path HOME = Path.of(System.getProperty("keywane.home", "")).toAbsolutePath();
    private static final Pattern METRIC = Pattern.compile("keywane_[a-z_]+");
    /** Only where a key has {@code publish.tell}, which this daemon's has not; MetricsTest sees it. */
    private static final String TELLING = "keywane_publish_tell_failing_timestamp_seconds";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void daemon_scrapedByPrometheus_feedsEveryRule() throws Exception {
        Path prometheus = Peers.require("prometheus", Peers.onPath("prometheus"));
        Path promtool = Peers.require("promtool", Peers.onPath("promtool"));
        try (Rig rig = new Rig(folder)) {
            rig.start();
            rig.importKey(rig.createKey("first"));
            rig.until("a probe of each group and a look into the wallet", LONG,
                    () -> get(rig.http().resolve("/metrics")).contains("keywane_credits_balance{")
                            && rig.detail().summary().groups().stream().allMatch(g -> g.lastSuccess().isPresent()));
            String text = get(rig.http().resolve("/metrics"));
            assertThat(check(promtool, text)).isEmpty();
            Set<String> wanted = new TreeSet<>(namedInRules());
            wanted.remove(TELLING);
            assertThat(exposed(text)).containsAll(wanted);
            int port = freePort();
            Process server = start(prometheus, rig.http(), port);
            try {
                URI api = URI.create("http://127.0.0.1:" + port);
                await().atMost(LONG).ignoreExceptions().until(() -> query(api, "up{job=\"keywane\"}") == 1
                        && query(api, "count(keywane_probes_total{outcome=\"valid\"} > 0)") > 0);
                JsonNode rules = JsonMapper.shared().readTree(get(api.resolve("/api/v1/rules")));
                assertThat(rules.findValuesAsString("health")).isNotEmpty().doesNotContain("err");
                assertThat(query(api, "count({__name__=~\"keywane_.+\"})")).isGreaterThan(100);
            } finally {
                server.destroy();
                server.waitFor(20, TimeUnit.SECONDS);
            }
        }
    }

    private Process start(Path prometheus, URI target, int port) throws IOException {
        Path configuration = Files.writeString(folder.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: keywane
                    static_configs: [{targets: ["%s"]}]
                """.formatted(HOME.resolve("config/prometheus/alerts.yaml"), target.getAuthority()));
        return new ProcessBuilder(prometheus.toString(), "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("tsdb"), "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true).redirectOutput(folder.resolve("prometheus.log").toFile()).start();
    }

    private double query(URI api, String expression) throws Exception {
        String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        JsonNode answer = JsonMapper.shared().readTree(get(api.resolve("/api/v1/query?query=" + encoded)));
        return Double.parseDouble(answer.at("/data/result/0/value/1").asString("NaN"));
    }

    private String get(URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private String check(Path promtool, String text) throws Exception {
        Path file = Files.writeString(folder.resolve("metrics.txt"), text);
        Path output = folder.resolve("promtool.txt");
        Process process = new ProcessBuilder(promtool.toString(), "check", "metrics").redirectInput(file.toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    private static Set<String> exposed(String text) {
        return text.lines().filter(line -> line.startsWith("keywane_")).map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Metrics in the rules' expressions; a version that is flagged has a series only while there is one. */
    private static Set<String> namedInRules() throws IOException {
        String rules = Files.readString(HOME.resolve("config/prometheus/alerts.yaml"))
                + Files.readString(HOME.resolve(AlertRulesFile.RECORDING)).replaceAll(":keywane_[a-z_]+", "");
        return METRIC.matcher(rules).results().map(MatchResult::group)
                .filter(name -> !name.equals("keywane_key_flagged_timestamp_seconds"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
