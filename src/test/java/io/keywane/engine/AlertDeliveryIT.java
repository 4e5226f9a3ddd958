package io.keywane.engine;

import com.sun.net.httpserver.HttpServer;
import io.keywane.Peers;
import io.keywane.alert.ActiveAlert;
import io.keywane.alert.Alert;
import io.keywane.alert.AlertName;
import io.keywane.alert.MessageTemplate;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.provider.AlertmanagerSink;
import io.keywane.provider.WebhookSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Alerts go to a real Alertmanager of Debian and to a webhook, and end there. */
class AlertDeliveryIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private final Map<String, String> received = new ConcurrentHashMap<>();
    private volatile List<ActiveAlert> firing = List.of();

    @Test
    void alert_begunAndEnded_arrivesAndResolves() throws Exception {
        Path program = Peers.require("prometheus-alertmanager", Peers.onPath("prometheus-alertmanager"));
        HttpServer hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hooks.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.merge(exchange.getRequestURI().getPath(), body, (a, b) -> a + "\n" + b);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        hooks.start();
        int port = freePort();
        Process alertmanager = start(program, port, hooks.getAddress().getPort());
        try {
            URI base = URI.create("http://127.0.0.1:" + port);
            await().atMost(LONG).ignoreExceptions().until(() -> get(base.resolve("/-/ready")).statusCode() == 200);
            deliver(base, hooks.getAddress().getPort());
        } finally {
            alertmanager.destroy();
            alertmanager.waitFor(20, TimeUnit.SECONDS);
            hooks.stop(0);
        }
    }

    private void deliver(URI base, int hookPort) throws Exception {
        Path address = Files.writeString(folder.resolve("address"), "http://127.0.0.1:" + hookPort + "/slack\n");
        Moment now = new Moment("boot", Duration.ofHours(1), Instant.now());
        TestingStates states = new TestingStates(new Crash());
        List<AlertPush> pushes = Stream.of(new AlertmanagerSink("alertmanager_0", base),
                new WebhookSink("webhook", address, MessageTemplate.DEFAULT))
                .map(sink -> new AlertPush(() -> firing, states, AlertDeliveryIT::clock, new SilentTelemetry(), sink))
                .toList();
        firing = List.of(new ActiveAlert(new Alert(AlertName.USAGE_SPIKE, Optional.of(new KeyName("search")),
                new OrganisationName("acme"), "much use", "keywane alerts show x", Optional.empty()), now,
                Optional.empty()));
        pushes.forEach(AlertPush::round);
        await().atMost(LONG).until(() -> received("/alertmanager").contains("\"status\":\"firing\""));
        assertThat(received("/slack")).contains("FIRING critical KeywaneUsageSpike (search): much use. Type: ");
        JsonNode held = JsonMapper.shared().readTree(get(base.resolve("/api/v2/alerts")).body()).get(0);
        assertThat(held.at("/labels/alertname").asString()).isEqualTo("KeywaneUsageSpike");
        assertThat(Duration.between(Instant.now(), Instant.parse(held.path("endsAt").asString())))
                .as("a dead daemon leaves nothing firing").isBetween(Duration.ofMinutes(2), Duration.ofMinutes(4));

        firing = List.of();
        pushes.forEach(AlertPush::round);
        await().atMost(LONG).until(() -> received("/alertmanager").contains("\"status\":\"resolved\""));
        await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).until(() -> {
            pushes.forEach(AlertPush::round);
            return received("/slack").contains("RESOLVED critical KeywaneUsageSpike");
        });
    }

    private String received(String path) {
        return received.getOrDefault(path, "");
    }

    private static Moment clock() {
        return new Moment("boot", Duration.ofNanos(System.nanoTime()), Instant.now());
    }

    private Process start(Path program, int port, int hookPort) throws IOException {
        Path configuration = Files.writeString(folder.resolve("alertmanager.yaml"), """
                route: {receiver: hook, group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
                receivers:
                  - name: hook
                    webhook_configs: [{url: "http://127.0.0.1:%d/alertmanager", send_resolved: true}]
                """.formatted(hookPort));
        return new ProcessBuilder(program.toString(), "--config.file=" + configuration, "--cluster.listen-address=",
                "--storage.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true).redirectOutput(folder.resolve("alertmanager.log").toFile()).start();
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
