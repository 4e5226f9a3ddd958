package io.keywane.provider;

import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import static io.keywane.provider.Probes.CANARY;
import static io.keywane.provider.Probes.call;
import static io.keywane.provider.Probes.client;
import static io.keywane.provider.Probes.clock;
import static io.keywane.provider.Probes.key;
import static io.keywane.provider.Probes.probe;
import static io.keywane.provider.Probes.profile;
import static org.assertj.core.api.Assertions.assertThat;

/** Answers that are late, cut, foreign or malicious: each becomes a sample with its reason, and none shows the key. */
class OddAnswersTest {
    @Test
    void probe_truncatedBody_isALostConnection() {
        try (RawServer server = RawServer
                .sending("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"a\":")) {
            assertFailure(probe(server.url()), ProbeFailure.CONNECTION_LOST);
        }
    }

    @Test
    void probe_truncatedChunks_isALostConnection() {
        try (RawServer server = RawServer.sending(String.join("\r\n", "HTTP/1.1 200 OK",
                "Content-Type: application/json", "Transfer-Encoding: chunked", "", "5", "{\"a\":", "40", ""))) {
            assertFailure(probe(server.url()), ProbeFailure.CONNECTION_LOST);
        }
    }

    @Test
    void probe_connectionReset_isALostConnection() {
        try (RawServer server = new RawServer(connection -> connection.setSoLinger(true, 0))) {
            assertFailure(probe(server.url()), ProbeFailure.CONNECTION_LOST);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n"})
    void probe_garbageInsteadOfHttp_isNotTheApi(String text) {
        try (RawServer server = RawServer.sending(text)) {
            Sample sample = probe(server.url());
            assertThat(sample.failure()).get().isIn(ProbeFailure.NOT_THE_API, ProbeFailure.CONNECTION_LOST);
            assertNoCanary(sample);
        }
    }

    @Test
    void probe_silentServer_timesOut() {
        try (RawServer server = new RawServer(connection -> Thread.sleep(10_000))) {
            assertFailure(impatientProbe(server.url()), ProbeFailure.TIMEOUT);
        }
    }

    @Test
    void probe_slowDripOfTheBody_timesOutAsAWhole() {
        try (RawServer server = new RawServer(connection -> {
            RawServer.write(connection,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{");
            drip(connection);
        })) {
            assertFailure(impatientProbe(server.url()), ProbeFailure.TIMEOUT);
        }
    }

    @Test
    void probe_slowDripOfTheHead_timesOutAsAWhole() {
        try (RawServer server = new RawServer(connection -> {
            RawServer.write(connection, "HTTP/1.1 200 OK\r\nX-Slow: ");
            drip(connection);
        })) {
            assertFailure(impatientProbe(server.url()), ProbeFailure.TIMEOUT);
        }
    }

    @Test
    void probe_endlessBody_isReadToTheCapOnly() {
        AtomicLong written = new AtomicLong();
        try (RawServer server = new RawServer(connection -> {
            RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[");
            while (true) {
                RawServer.write(connection, "0,".repeat(8 * 1024));
                written.addAndGet(16 * 1024);
            }
        })) {
            assertThat(probe(server.url()).outcome()).isEqualTo(ProbeOutcome.VALID);
            // What lies in the buffers of the two sockets was written, but never read.
            assertThat(written).hasValueLessThan(32L * 1024 * 1024);
        }
    }

    @Test
    void probe_hugeHead_isNotTheApi() {
        try (RawServer server = RawServer
                .sending("HTTP/1.1 200 OK\r\nX-Huge: " + "x".repeat(1024 * 1024) + "\r\n\r\n")) {
            Sample sample = probe(server.url());
            assertThat(sample.outcome()).isEqualTo(ProbeOutcome.UNKNOWN);
            assertNoCanary(sample);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"200 OK", "403 Forbidden", "404 Not Found", "429 Too Many Requests", "402 Payment Required"})
    void probe_htmlPage_isNotTheApi(String status) {
        try (RawServer server = RawServer.sending("HTTP/1.1 " + status
                + "\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>hi</html>")) {
            assertFailure(probe(server.url()), ProbeFailure.NOT_THE_API);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Type: application/json\r\nContent-Length: 6\r\n\r\n<html>",
                "Content-Type: application/json\r\nContent-Length: 0\r\n\r\n", "Content-Length: 2\r\n\r\n{}",
                "Content-Type: application/json\r\nAge: 3\r\nContent-Length: 2\r\n\r\n{}"})
    void probe_successThatIsNotOfTheApi_isNotBelieved(String rest) {
        try (RawServer server = RawServer.sending("HTTP/1.1 200 OK\r\n" + rest)) {
            assertFailure(probe(server.url()), ProbeFailure.NOT_THE_API);
        }
    }

    @Test
    void probe_redirect_isNotFollowed() {
        try (RawServer elsewhere = RawServer.sending(RawServer.json("200 OK", ""));
                RawServer server = RawServer.sending(RawServer.json("302 Found",
                        "Location: " + elsewhere.url() + "/\r\n"))) {
            assertFailure(probe(server.url()), ProbeFailure.REDIRECT);
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void probe_closedPort_isRefused() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertFailure(probe(URI.create("http://127.0.0.1:" + port)), ProbeFailure.CONNECTION_REFUSED);
    }

    @Test
    void probe_unknownName_isNotResolved() {
        assertFailure(probe(URI.create("https://keywane-test.invalid")), ProbeFailure.NAME_NOT_RESOLVED);
    }

    @Test
    void probe_plainServerAtAnHttpsUrl_isATlsFailure() {
        try (RawServer server = RawServer.sending("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            URI tls = URI.create("https://127.0.0.1:" + server.url().getPort());
            assertFailure(impatient(tls, Duration.ofSeconds(2)), ProbeFailure.TLS, ProbeFailure.TIMEOUT);
        }
    }

    @Test
    void control_failures_areToldInWords() throws IOException {
        try (RawServer server = RawServer.sending("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")) {
            String place = server.url().getAuthority();
            assertThat(client(server.url()).control()).contains("what answers at " + place
                    + " is not the API: a proxy, a portal or a cache (status 200)");
        }
        assertThat(client(URI.create("http://127.0.0.1:1")).control())
                .contains("nothing accepts connections at 127.0.0.1:1");
        try (RawServer server = RawServer.sending(RawServer.json("401 Unauthorized", ""))) {
            assertThat(client(server.url()).control())
                    .contains("the API refuses the control request, which needs no key (status 401)");
        }
    }

    @Test
    void control_success_carriesNoKey() {
        try (RawServer server = RawServer.sending(RawServer.json("200 OK", ""))) {
            assertThat(client(server.url()).control()).isEmpty();
            assertThat(server.requests()).singleElement().asString().startsWith("GET /control HTTP/1.1\n")
                    .doesNotContainIgnoringCase("x-api-key");
        }
    }

    private static Sample impatientProbe(URI url) {
        return impatient(url, Duration.ofMillis(400));
    }

    private static Sample impatient(URI url, Duration timeout) {
        long start = System.nanoTime();
        Sample sample = new HttpProbeClient(profile(url), timeout, clock()).probe(call(ProbeKind.LIVENESS),
                key(CANARY));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.plusSeconds(2));
        return sample;
    }

    private static void drip(Socket connection) throws IOException, InterruptedException {
        for (int i = 0; i < 400; i++) {
            RawServer.write(connection, "x");
            Thread.sleep(50);
        }
    }

    private static void assertFailure(Sample sample, ProbeFailure... failures) {
        assertThat(sample.outcome()).isEqualTo(ProbeOutcome.UNKNOWN);
        assertThat(sample.failure()).get().isIn((Object[]) failures);
        assertThat(sample.headers().rateLimit()).isEmpty();
        assertNoCanary(sample);
    }

    private static void assertNoCanary(Sample sample) {
        assertThat(sample.toString()).doesNotContainIgnoringCase("canary");
    }
}
