package io.keywane.provider;

import io.keywane.engine.HostClock;
import io.keywane.key.Moment;
import io.keywane.usage.HeaderFault;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import static io.keywane.provider.Probes.CANARY;
import static io.keywane.provider.Probes.TIMEOUT;
import static io.keywane.provider.Probes.call;
import static io.keywane.provider.Probes.client;
import static io.keywane.provider.Probes.clock;
import static io.keywane.provider.Probes.key;
import static io.keywane.provider.Probes.probe;
import static io.keywane.provider.Probes.profile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HttpProbeClientTest {
    private static final String LIMITS = String.join("\r\n", "X-RateLimit-Limit: 360",
            "X-RateLimit-Remaining: 350", "X-RateLimit-Reset: 1795521600", "");

    @Test
    void probe_success_isOneRequestWithTheKeyAndReadsTheHeaders() {
        try (RawServer server = RawServer.sending(RawServer.json("200 OK", LIMITS + "X-Credits-Balance: 77\r\n"))) {
            Sample sample = probe(server.url());
            assertThat(sample.outcome()).isEqualTo(ProbeOutcome.VALID);
            assertThat(sample.headers().rateLimit())
                    .contains(new RateLimitReading(360, 350, Instant.ofEpochSecond(1_795_521_600)));
            assertThat(sample.headers().balance()).hasValue(77);
            assertThat(sample.isCountedForCertain()).isTrue();
            assertThat(sample.request()).isEqualTo("request-1");
            assertThat(server.requests()).singleElement().asString().startsWith("GET /live?limit=1 HTTP/1.1\n")
                    .contains("X-Api-Key: " + CANARY + "\n").doesNotContain("Upgrade");
        }
    }

    @Test
    void probe_twice_takesTwoConnections() {
        try (RawServer server = RawServer.sending(RawServer.json("200 OK", LIMITS))) {
            HttpProbeClient client = client(server.url());
            client.probe(call(ProbeKind.LIVENESS), key(CANARY));
            client.probe(call(ProbeKind.BALANCE), key(CANARY));
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.requests().getLast()).startsWith("GET /balance HTTP/1.1\n");
            assertThat(client.cost(ProbeKind.BALANCE)).isEqualTo(1);
            assertThat(client.cost(ProbeKind.LIVENESS)).isZero();
        }
    }

    @Test
    void probe_moments_lieBeforeSendingAndAfterTheBody() {
        AtomicInteger readings = new AtomicInteger();
        HostClock counting = () -> new Moment("boot", Duration.ofSeconds(readings.incrementAndGet()), Instant.EPOCH);
        AtomicInteger whenAsked = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
            whenAsked.set(readings.get());
            RawServer.write(connection, RawServer.json("200 OK", ""));
        })) {
            Sample sample = new HttpProbeClient(profile(server.url()), TIMEOUT, counting)
                    .probe(call(ProbeKind.LIVENESS), key(CANARY));
            assertThat(whenAsked).hasValue(1);
            assertThat(sample.sent().sinceBoot()).isEqualTo(Duration.ofSeconds(1));
            assertThat(sample.received().sinceBoot()).isEqualTo(Duration.ofSeconds(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"200 OK, VALID,", "401 Unauthorized, REJECTED,", "402 Payment Required, VALID_WITHOUT_CREDIT,",
        "403 Forbidden, VALID_PLAN_LIMITED,", "404 Not Found, VALID,", "429 Too Many Requests, VALID_RATE_LIMITED,",
        "500 Internal Server Error, UNKNOWN, SERVER_ERROR", "503 Service Unavailable, UNKNOWN, SERVER_ERROR",
        "301 Moved Permanently, UNKNOWN, REDIRECT", "304 Not Modified, UNKNOWN, NOT_THE_API",
        "400 Bad Request, UNKNOWN, NOT_THE_API", "418 Teapot, UNKNOWN, NOT_THE_API"})
    void probe_status_givesItsOutcome(String status, ProbeOutcome outcome, ProbeFailure failure) {
        try (RawServer server = RawServer.sending(RawServer.json(status, LIMITS))) {
            Sample sample = probe(server.url());
            assertThat(sample.outcome()).isEqualTo(outcome);
            assertThat(sample.failure().orElse(null)).isEqualTo(failure);
            assertThat(sample.headers().rateLimit().isPresent()).isEqualTo(outcome != ProbeOutcome.UNKNOWN);
        }
    }

    @ParameterizedTest
    @CsvSource({"503 Service Unavailable, text/html", "429 Too Many Requests, application/json",
        "429 Too Many Requests, text/html"})
    void probe_toldToWait_keepsTheWait(String status, String type) {
        try (RawServer server = RawServer.sending("HTTP/1.1 " + status + "\r\nContent-Type: " + type
                + "\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}")) {
            assertThat(probe(server.url()).headers().retryAfter()).contains(Duration.ofSeconds(7));
        }
    }

    @Test
    void probe_head_needsNoBody() {
        try (RawServer server = RawServer.sending(String.join("\r\n", "HTTP/1.1 200 OK",
                "Content-Type: application/json", "Content-Length: 400", "", ""))) {
            Sample sample = new HttpProbeClient(profile(server.url(), "X-Api-Key", "HEAD"), TIMEOUT, clock())
                    .probe(call(ProbeKind.LIVENESS), key(CANARY));
            assertThat(sample.outcome()).isEqualTo(ProbeOutcome.VALID);
        }
    }

    @Test
    void probe_repeatedHeader_isAFaultAndNoReading() {
        try (RawServer server = RawServer.sending(RawServer.json("200 OK", LIMITS + "X-RateLimit-Limit: 60\r\n"))) {
            Sample sample = probe(server.url());
            assertThat(sample.outcome()).isEqualTo(ProbeOutcome.VALID);
            assertThat(sample.headers().fault()).contains(HeaderFault.REPEATED);
            assertThat(sample.isCountedForCertain()).isFalse();
        }
    }

    @Test
    void probe_sandboxKeyForAnotherHost_sendsNothing() {
        HttpProbeClient client = client(URI.create("https://api.invalid"));
        Sample sample = client.probe(call(ProbeKind.LIVENESS), key(CANARY.replace("_live_", "_sbx_")));
        assertThat(sample.failure()).contains(ProbeFailure.SANDBOX_KEY);
        assertThat(sample.status()).isZero();
        assertThat(client.probe(call(ProbeKind.LIVENESS), key(CANARY)).failure())
                .contains(ProbeFailure.NAME_NOT_RESOLVED);
    }

    @Test
    void probe_sandboxKeyForThisHost_isSent() {
        try (RawServer server = RawServer.sending(RawServer.json("200 OK", ""))) {
            Sample sample = client(server.url()).probe(call(ProbeKind.LIVENESS),
                    key(CANARY.replace("_live_", "_sbx_")));
            assertThat(sample.outcome()).isEqualTo(ProbeOutcome.VALID);
        }
    }

    @Test
    void probe_interruptedWait_isALostConnectionAndStaysInterrupted() {
        try (RawServer server = new RawServer(connection -> Thread.sleep(10_000))) {
            Thread.currentThread().interrupt();
            Sample sample = probe(server.url());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(sample.failure()).contains(ProbeFailure.CONNECTION_LOST);
        }
    }

    @Test
    void construction_headerThatTheClientKeeps_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new HttpProbeClient(profile(URI.create("http://127.0.0.1:1"), "Host", "GET"), TIMEOUT, clock()))
                .withMessage("the header Host cannot carry a key").withNoCause();
    }
}
