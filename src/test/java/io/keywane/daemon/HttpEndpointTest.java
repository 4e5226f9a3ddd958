package io.keywane.daemon;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import static io.keywane.daemon.Fixtures.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpEndpointTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean healthy = new AtomicBoolean(true);
    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean snapshotFails = new AtomicBoolean();
    private final Metrics metrics = new Metrics("0.1.0", Metrics.DEFAULT_CAP, () -> {
        if (snapshotFails.get()) {
            throw new IllegalStateException("canary-in-an-exception");
        }
        return Snapshots.full(SEARCH);
    });
    private HttpEndpoint endpoint;

    @BeforeEach
    void start() {
        metrics.telemetry().configure(Fixtures.settings(SEARCH));
        endpoint = HttpEndpoint.start("127.0.0.1", 0, metrics, healthy::get, ready::get, () -> "<!doctype html>page");
    }

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
        metrics.close();
    }

    @Test
    void metrics_plain_arePrometheusText() throws Exception {
        HttpResponse<String> answer = get("/metrics", "*/*");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(Scrape.of(answer.body()).value("keywane_probe_interval_seconds")).isEqualTo(60);
    }

    @Test
    void metrics_asPrometheusAsks_areOpenMetrics() throws Exception {
        HttpResponse<String> answer = get("/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void health_followsItsSupplier() throws Exception {
        assertThat(get("/-/healthy", "*/*").statusCode()).isEqualTo(200);
        healthy.set(false);
        HttpResponse<String> answer = get("/-/healthy", "*/*");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("no progress");
    }

    @Test
    void readiness_followsItsSupplier() throws Exception {
        assertThat(get("/-/ready", "*/*").statusCode()).isEqualTo(503);
        ready.set(true);
        assertThat(get("/-/ready", "*/*").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/metrics/", "/metrics/x", "/-/", "/-/healthy/..", "/favicon.ico", "/%2e%2e/metrics"})
    void otherPath_isNotFoundWithoutServerVersion(String path) throws Exception {
        HttpResponse<String> answer = get(path, "text/html");
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.body()).doesNotContainIgnoringCase("jetty").doesNotContain("<");
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void statusPage_onThisMachine_isHtmlThatMayRunAndLoadNothing() throws Exception {
        HttpResponse<String> answer = get("/", "text/html");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("<!doctype html>page");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .matches(
                        "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'");
        Map.of("Cache-Control", "no-store", "Referrer-Policy", "no-referrer", "X-Content-Type-Options", "nosniff",
                "X-Frame-Options", "DENY", "Cross-Origin-Resource-Policy", "same-origin",
                "Cross-Origin-Opener-Policy", "same-origin")
                .forEach((name, value) -> assertThat(answer.headers().firstValue(name)).as(name).contains(value));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:9847, 200", "LOCALHOST, 200", "[::1]:9847, 200", "127.0.0.1.evil.example, 421",
        "evil.example:9847, 421", "localhost.evil.example, 421", "1.evil, 421"})
    void statusPage_askedForByAName_isKeptFromOtherSites(String host, int status) throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
        assertThat(raw("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .as("metrics are asked for by whatever name").startsWith("HTTP/1.1 200 ");
    }

    @Test
    void statusPage_fromAnotherAddress_isRefusedThoughMetricsAreNot() throws Exception {
        Optional<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses).filter(a -> a instanceof Inet4Address)
                .filter(a -> !a.isLoopbackAddress()).findFirst();
        Assumptions.assumeTrue(own.isPresent(), "this machine has no address but its loopback");
        try (HttpEndpoint open = HttpEndpoint.start(own.orElseThrow().getHostAddress(), 0, metrics, healthy::get,
                ready::get, () -> "page")) {
            String place = "http://" + own.get().getHostAddress() + ":" + open.address().getPort();
            assertThat(send(place + "/").statusCode()).isEqualTo(403);
            assertThat(send(place + "/").body()).contains("ssh -L").doesNotContain("page\n");
            assertThat(send(place + "/metrics").statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> send(String place) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(place)).build(), BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(endpoint.address().getAddress(), endpoint.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void otherMethod_isNotAllowed() throws Exception {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri("/metrics"))
                .POST(BodyPublishers.ofString("x")).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void head_hasHeadersOnly() throws Exception {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri("/metrics")).HEAD().build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void malformedRequest_isRefusedInPlainWords() throws IOException {
        assertThat(raw("GET /metrics HTTP/1.1\r\nbroken header\r\n\r\n")).startsWith("HTTP/1.1 400")
                .doesNotContainIgnoringCase("jetty").doesNotContain("<");
    }

    @Test
    void scrapeFails_readerLearnsNothingButTheStatus() throws Exception {
        snapshotFails.set(true);
        HttpResponse<String> answer = get("/metrics", "*/*");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("Internal Server Error\n");
        snapshotFails.set(false);
        assertThat(get("/metrics", "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void start_portTaken_saysWhichAndWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, endpoint.address().getAddress())) {
            assertThatThrownBy(
                    () -> HttpEndpoint.start("127.0.0.1", taken.getLocalPort(), metrics, () -> true,
                            () -> true, () -> ""))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort()).hasMessageContaining("choose another");
        }
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).header("Accept", accept).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path);
    }
}
