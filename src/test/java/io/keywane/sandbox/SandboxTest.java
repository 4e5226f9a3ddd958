package io.keywane.sandbox;

import io.keywane.sandbox.SandboxControl.NewKey;
import io.keywane.sandbox.SandboxControl.NewOrganisation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** The API over real HTTP. */
class SandboxTest {
    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Sandbox sandbox;
    private String key;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxSettings.defaults(folder.resolve("state")));
        sandbox.createOrganisation(NewOrganisation.of("acme", 1_000));
        key = sandbox.createKey(NewKey.of("org-1", null)).value();
    }

    @AfterEach
    void stop() {
        sandbox.close();
        http.close();
    }

    @Test
    void answer_success_hasHeadersAndARealDate() throws Exception {
        Instant before = Instant.now();
        HttpResponse<String> response = get("/api/jobs?page_size=1");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map()).containsEntry("x-ratelimit-limit", List.of("360"))
                .containsEntry("x-ratelimit-remaining", List.of("359"))
                .containsEntry("x-credits-deducted", List.of("1"))
                .containsEntry("x-credits-balance", List.of("999")).doesNotContainKey("server");
        Instant date = ZonedDateTime
                .parse(response.headers().firstValue("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
        assertThat(date).isBetween(before.minusSeconds(1), Instant.now());
        assertThat(Json.LENIENT.readTree(response.body()).get("jobs").size()).isEqualTo(1);
    }

    @Test
    void keyHeader_anyCase_isRead() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(sandbox.baseUrl().resolve("/api/connectors/filters"))
                .header("x-api-KEY", key).build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void body_posted_isRead() throws Exception {
        HttpResponse<String> response = post("/api/jobs/search", "{\"page_size\":2,\"queries\":[\"nurse\"]}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Json.LENIENT.readTree(response.body()).get("jobs").size()).isEqualTo(2);
    }

    @Test
    void body_tooLarge_answers413() throws Exception {
        assertThat(post("/api/jobs/search", " ".repeat(70_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void consumer_header_winsOverUserAgent() throws Exception {
        send(request("/api/connectors/filters").header("User-Agent", "agent/1").build());
        send(request("/api/connectors/filters").header("User-Agent", "agent/1").header("X-Consumer", "nightly")
                .build());
        assertThat(sandbox.requests(RequestFilter.ALL).requests()).extracting(RequestRecord::consumer)
                .containsExactly("agent/1", "nightly");
    }

    @Test
    void fault_latency_delaysTheAnswerNotTheCount() throws Exception {
        sandbox.setFaults(Faults.NONE.withLatency(Duration.ofMillis(400)));
        Instant sent = Instant.now();
        get("/api/connectors/filters");
        assertThat(Duration.between(sent, Instant.now())).isGreaterThan(Duration.ofMillis(400));
        assertThat(lastCounted()).isBefore(sent.plusMillis(400));
    }

    @Test
    void fault_delayBefore_delaysTheCount() throws Exception {
        sandbox.setFaults(Faults.NONE.withDelayBefore(Duration.ofMillis(400)));
        Instant sent = Instant.now();
        get("/api/connectors/filters");
        assertThat(lastCounted()).isAfter(sent.plusMillis(395));
    }

    @Test
    void fault_truncatedBody_breaksOffAfterCounting() {
        sandbox.setFaults(Faults.NONE.withTruncateBody(true));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> get("/api/jobs?page_size=1"));
        assertThat(sandbox.requests(RequestFilter.ALL).requests())
                .extracting(RequestRecord::status, RequestRecord::counted, RequestRecord::fault)
                .containsExactly(tuple(200, true, "body_truncated"));
    }

    @Test
    void fault_lostAnswer_wasCounted() {
        sandbox.setFaults(Faults.NONE.withLostShare(1));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> post("/api/jobs/feed", "{}"));
        assertThat(sandbox.requests(RequestFilter.ALL).requests())
                .extracting(RequestRecord::status, RequestRecord::counted, RequestRecord::fault)
                .containsExactly(tuple(200, true, "answer_lost"));
    }

    @Test
    void fault_cache_repeatsTheFormerAnswerWithItsDate() throws Exception {
        sandbox.setFaults(Faults.NONE.withCache(Duration.ofMinutes(1), true));
        HttpResponse<String> first = get("/api/connectors/filters");
        Thread.sleep(1_100);
        HttpResponse<String> second = get("/api/connectors/filters");
        assertThat(first.headers().firstValue("Age")).isEmpty();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Age")).contains("1");
        assertThat(List.of("Date", "X-RateLimit-Remaining")).allSatisfy(name -> assertThat(
                second.headers().firstValue(name)).isPresent().isEqualTo(first.headers().firstValue(name)));
        assertThat(get("/api/jobs/expired?limit=1").headers().firstValue("Age")).isEmpty();
        assertThat(sandbox.requests(RequestFilter.ALL).requests())
                .extracting(RequestRecord::keyId, RequestRecord::counted, RequestRecord::fault)
                .containsExactly(tuple("key-1", true, "none"), tuple("key-1", false, "answer_cached"),
                        tuple("key-1", true, "none"));
        sandbox.setFaults(Faults.NONE.withCache(Duration.ofMinutes(1), false));
        assertThat(get("/api/connectors/filters").headers().firstValue("Age")).isEmpty();
        sandbox.setFaults(Faults.NONE.withCache(Duration.ofSeconds(1), true));
        assertThat(get("/api/connectors/filters").headers().firstValue("Age")).as("too old to be repeated").isEmpty();
    }

    @Test
    void nodes_byAddress_countByTheClientsAddress() throws Exception {
        sandbox.changeRates("org-1", RateSettings.published()
                .withTopology(new Topology(Placement.BY_ADDRESS, 2, Duration.ZERO)));
        try (HttpClient elsewhere = HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.2")).build()) {
            HttpRequest request = request("/api/connectors/filters").build();
            assertThat(send(request).headers().firstValue("X-RateLimit-Remaining")).contains("359");
            assertThat(elsewhere.send(request, HttpResponse.BodyHandlers.ofString()).headers()
                    .firstValue("X-RateLimit-Remaining")).contains("359");
            assertThat(send(request).headers().firstValue("X-RateLimit-Remaining")).contains("358");
        }
    }

    @Test
    void fault_oddHeaders_reachTheWireAsTheyAre() throws Exception {
        Map<OddHeader, String> expected = Map.of(OddHeader.EMPTY, "X-RateLimit-Limit: \r\n", OddHeader.NEGATIVE,
                "X-RateLimit-Limit: -360\r\n", OddHeader.REPEATED,
                "X-RateLimit-Limit: 360\r\nX-RateLimit-Limit: 3601\r\n",
                OddHeader.NONSENSE, "X-RateLimit-Limit: soon\r\n", OddHeader.OVERFLOW,
                "X-RateLimit-Limit: 9223372036854775808\r\n");
        for (Map.Entry<OddHeader, String> odd : expected.entrySet()) {
            sandbox.setFaults(Faults.NONE.withOddHeader(odd.getKey()));
            assertThat(raw("/api/connectors/filters")).contains(odd.getValue());
        }
        sandbox.setFaults(Faults.NONE.withOddHeader(OddHeader.MISSING));
        assertThat(raw("/api/connectors/filters")).startsWith("HTTP/1.1 200").doesNotContain("X-RateLimit");
    }

    @Test
    void listeners_otherAddresses_areNotBound() {
        assertThat(sandbox.baseUrl().getHost()).isEqualTo("127.0.0.1");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            try (Socket socket = new Socket(InetAddress.getByName("127.0.0.2"), sandbox.baseUrl().getPort())) {
                socket.getInputStream().read();
            }
        });
    }

    @Test
    void start_portTaken_saysSo() {
        SandboxSettings same = SandboxSettings.defaults(folder.resolve("other"))
                .withPorts(sandbox.baseUrl().getPort(), 0);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Sandbox.start(same))
                .withMessage("the api port " + same.port() + " on 127.0.0.1 is taken by another process");
    }

    @Test
    void stateDirectory_files_areTheOwnersAndGoAway() throws Exception {
        Path token = sandbox.stateDirectory().resolve("control-token");
        Path endpoints = sandbox.stateDirectory().resolve("endpoints.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token))).isEqualTo("rw-------");
        assertThat(Files.readString(token).strip()).isEqualTo(sandbox.controlToken()).hasSize(64);
        assertThat(Json.STRICT.readTree(Files.readString(endpoints)).get("base_url").asString())
                .isEqualTo(sandbox.baseUrl().toString());
        sandbox.close();
        assertThat(token).doesNotExist();
        assertThat(endpoints).doesNotExist();
    }

    @Test
    void reset_state_isThatAfterTheStart() throws Exception {
        sandbox.setFaults(Faults.NONE.withCaptivePage(true));
        get("/api/jobs");
        sandbox.reset();
        assertThat(sandbox.organisations()).isEmpty();
        assertThat(sandbox.keys()).isEmpty();
        assertThat(sandbox.faults()).isEqualTo(Faults.NONE);
        assertThat(sandbox.requests(RequestFilter.ALL).requests()).isEmpty();
        assertThat(get("/api/jobs").statusCode()).isEqualTo(401);
        sandbox.createOrganisation(NewOrganisation.of("acme", 1));
        assertThat(sandbox.createKey(NewKey.of("org-1", null)).value()).as("deterministic by seed").isEqualTo(key);
    }

    private Instant lastCounted() {
        return sandbox.requests(RequestFilter.ALL).requests().getLast().at();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(sandbox.baseUrl().resolve(path)).header("X-Api-Key", key);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String path) throws IOException {
        return RawHttp.send(sandbox.baseUrl(), "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: " + key
                + "\r\nConnection: close\r\n\r\n");
    }
}
