package io.keywane;

import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import static org.awaitility.Awaitility.await;

/**
 * Debian's Prometheus and Alertmanager with the shipped rules and routes, minutes taken for seconds, and a receiver of
 * webhooks. Closing it leaves nothing running.
 */
final class MonitoringStack implements AutoCloseable {
    private static final Path ROUTES = Path.of("config/prometheus/alertmanager-example.yaml");
    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> received = new ConcurrentHashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private final HttpServer hooks;
    private final int prometheus = freePort();

    /** Starts the receiver; {@link #watch} starts the others. */
    MonitoringStack(Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
        hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hooks.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.merge(exchange.getRequestURI().getPath(), body + "\n", String::concat);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        hooks.start();
    }

    /** An address of the receiver. */
    URI hook(String path) {
        return URI.create("http://127.0.0.1:" + hooks.getAddress().getPort() + path);
    }

    /** What was posted to a path, one message a line. */
    String received(String path) {
        return received.getOrDefault(path, "");
    }

    /** Whether Alertmanager told the people on call of an alert in this state. */
    boolean isTold(String alert, String status) {
        return received("/on-call").lines().map(JsonMapper.shared()::readTree)
                .flatMap(message -> message.path("alerts").valueStream())
                .anyMatch(a -> a.at("/labels/alertname").asString("").equals(alert)
                        && a.path("status").asString("").equals(status));
    }

    /** Starts Prometheus and Alertmanager, and waits until the daemon was scraped. */
    void watch(URI daemon) throws IOException {
        int alertmanager = freePort();
        Path routes = Files.writeString(folder.resolve("alertmanager.yaml"), Files.readString(ROUTES)
                .replace("http://127.0.0.1:9099", hook("").toString()).replaceAll("group_(wait|interval): \\S+",
                        "group_$1: 1s"));
        start("prometheus-alertmanager", "--config.file=" + routes, "--cluster.listen-address=",
                "--storage.path=" + folder.resolve("silences"), "--web.listen-address=127.0.0.1:" + alertmanager);
        Path rules = Files.writeString(folder.resolve("rules.yaml"), AlertRulesFile.inSeconds());
        Path configuration = Files.writeString(folder.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%d"]}]}]}
                scrape_configs: [{job_name: keywane, static_configs: [{targets: ["%s"]}]}]
                """.formatted(rules, alertmanager, daemon.getAuthority()));
        start("prometheus", "--config.file=" + configuration, "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + prometheus);
        await("the first scrape").atMost(START).ignoreExceptions()
                .until(() -> get("/api/v1/query?query=up%7Bjob%3D%22keywane%22%7D%3D%3D1").at("/data/result/0/value/1")
                        .asString("").equals("1"));
    }

    /** The names of the alerts that fire in Prometheus. */
    SortedSet<String> firing() throws IOException, InterruptedException {
        SortedSet<String> names = new TreeSet<>();
        get("/api/v1/alerts").at("/data/alerts").valueStream()
                .filter(alert -> alert.path("state").asString("").equals("firing"))
                .forEach(alert -> names.add(alert.at("/labels/alertname").asString("")));
        return names;
    }

    /** What Prometheus answers to an expression: one element for each series. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).at("/data/result");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + prometheus + path);
        return JsonMapper.shared().readTree(
                client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private void start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Peers.require(program, Peers.onPath(program)).toString());
        command.addAll(List.of(arguments));
        processes.add(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile()).start());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        try {
            for (Process process : processes) {
                process.waitFor(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        processes.forEach(Process::destroyForcibly);
        client.close();
        hooks.stop(0);
    }
}
