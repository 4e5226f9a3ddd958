package io.keywane.sandbox;

import io.keywane.sandbox.SandboxControl.CreatedKey;
import io.keywane.sandbox.SandboxControl.NewKey;
import io.keywane.sandbox.SandboxControl.NewOrganisation;
import io.keywane.sandbox.SandboxControl.Organisation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The control operations mean the same in process and over HTTP. */
class SandboxControlTest {
    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Sandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxSettings.defaults(folder.resolve("state")));
    }

    @AfterEach
    void stop() {
        sandbox.close();
        http.close();
    }

    abstract class Contract {
        abstract SandboxControl control();

        @Test
        void organisation_created_isListed() {
            Organisation acme = control().createOrganisation(NewOrganisation.of("acme", 100));
            control().createOrganisation(new NewOrganisation("closed", 0, FeedPlan.CLOSED));
            assertThat(acme).isEqualTo(new Organisation("org-1", "acme", 100, FeedPlan.OPEN));
            assertThat(control().organisations()).containsExactly(acme,
                    new Organisation("org-2", "closed", 0, FeedPlan.CLOSED));
        }

        @Test
        void wallet_toppedUp_holdsMore() {
            control().createOrganisation(NewOrganisation.of("acme", 100));
            assertThat(control().topUp("org-1", 50).balance()).isEqualTo(150);
            assertRefused(400, "credits 0 is not positive", () -> control().topUp("org-1", 0));
            assertRefused(404, "there is no organisation org-9", () -> control().topUp("org-9", 1));
        }

        @Test
        void plan_changed_isTheOrganisations() {
            control().createOrganisation(NewOrganisation.of("acme", 100));
            assertThat(control().changeFeedPlan("org-1", FeedPlan.CLOSED).feedPlan()).isEqualTo(FeedPlan.CLOSED);
            assertThat(control().organisations().getFirst().feedPlan()).isEqualTo(FeedPlan.CLOSED);
        }

        @Test
        void key_created_tellsItsValueOnce() throws Exception {
            control().createOrganisation(NewOrganisation.of("acme", 100));
            CreatedKey created = control().createKey(NewKey.of("org-1", "search-production"));
            assertThat(created.value()).startsWith("jbe_sbx_");
            assertThat(created.toString()).doesNotContain(created.value());
            assertThat(use(created)).isEqualTo(200);
            SandboxControl.Key listed = control().keys().getFirst();
            assertThat(listed.name()).isEqualTo("search-production");
            assertThat(listed.toString()).doesNotContain(created.value());
            assertRefused(404, "there is no organisation org-9", () -> control().createKey(NewKey.of("org-9", null)));
        }

        @Test
        void key_revoked_isRefusedFromThenOn() throws Exception {
            control().createOrganisation(NewOrganisation.of("acme", 100));
            CreatedKey created = control().createKey(NewKey.of("org-1", null));
            SandboxControl.Key revoked = control().revokeKey("key-1");
            assertThat(revoked.revokedAt()).isNotNull();
            assertThat(control().revokeKey("key-1")).isEqualTo(revoked);
            assertThat(use(created)).isEqualTo(401);
            assertRefused(404, "there is no key key-9", () -> control().revokeKey("key-9"));
        }

        @Test
        void rates_changed_holdForAllKeysOfTheOrganisation() throws Exception {
            control().createOrganisation(NewOrganisation.of("acme", 100));
            CreatedKey key = control().createKey(NewKey.of("org-1", null));
            assertThat(control().rates("org-1")).isEqualTo(RateSettings.published());
            use(key);
            RateSettings upgraded = RateSettings.published().withGeneral(
                    RateSettings.limits(List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1)),
                            List.of(720, 20_000, 200_000)));
            assertThat(control().changeRates("org-1", upgraded)).isEqualTo(upgraded);
            assertThat(remaining(key)).as("what is counted stays").isEqualTo(718);
            RateSettings all = upgraded.withModel(WindowModel.ROLLING_BUCKETS).withShown(ShownWindow.LAST)
                    .withReset(ResetMeaning.OLDEST).withCountsAnswered(false)
                    .withTopology(new Topology(Placement.ROUND_ROBIN, 3, Duration.ofMillis(5)));
            assertThat(control().changeRates("org-1", all)).isEqualTo(all);
            assertThat(control().rates("org-1")).isEqualTo(all);
            assertThat(remaining(key)).isEqualTo(200_000);
            assertThat(remaining(control().createKey(NewKey.of("org-1", null)))).isEqualTo(200_000);
            assertRefused(404, "there is no organisation org-9", () -> control().changeRates("org-9", all));
        }

        @Test
        void counters_wiped_beginEmpty() throws Exception {
            control().createOrganisation(NewOrganisation.of("acme", 100));
            CreatedKey key = control().createKey(NewKey.of("org-1", null));
            use(key);
            assertThat(control().wipeCounters("key-1").id()).isEqualTo("key-1");
            assertThat(remaining(key)).isEqualTo(359);
            assertRefused(404, "there is no key key-9", () -> control().wipeCounters("key-9"));
        }

        @Test
        void faults_set_areReadBackAndCleared() {
            Faults all = new Faults(Duration.ofMillis(5), Duration.ofMillis(7), 0.25, 3, 500, true, true, true,
                    0.5, Duration.ofMillis(9), false, OddHeader.OVERFLOW);
            assertThat(control().setFaults(all)).isEqualTo(all);
            assertThat(control().faults()).isEqualTo(all);
            assertThat(control().clearFaults()).isEqualTo(Faults.NONE);
            assertThat(control().faults()).isEqualTo(Faults.NONE);
        }

        @Test
        void truth_requests_areFilteredAndSummedUp() throws Exception {
            control().createOrganisation(NewOrganisation.of("acme", 100));
            CreatedKey first = control().createKey(NewKey.of("org-1", "first"));
            CreatedKey second = control().createKey(NewKey.of("org-1", "second"));
            use(first);
            use(second);
            control().revokeKey("key-2");
            use(second);
            RequestPage page = control().requests(RequestFilter.ALL.withKeyId("key-2"));
            assertThat(page.requests()).extracting(RequestRecord::sequence).containsExactly(2L, 3L);
            assertThat(page.requests()).extracting(RequestRecord::status).containsExactly(200, 401);
            assertThat(page.dropped()).isZero();
            RequestRecord last = page.requests().getLast();
            assertThat(control().requests(RequestFilter.ALL.withSince(last.at())).requests()).contains(last);
            assertThat(control().requests(RequestFilter.ALL.withSince(last.at().plusMillis(1))).requests()).isEmpty();
            assertThat(control().requests(RequestFilter.ALL.withAfter(2).withLimit(1)).requests())
                    .containsExactly(last);
            KeySummary summary = control().summary().get(1);
            assertThat(summary.keyId()).isEqualTo("key-2");
            assertThat(summary.requests()).isEqualTo(2);
            assertThat(summary.refused()).isEqualTo(1);
            assertThat(summary.counted()).isEqualTo(1);
            assertThat(summary.lastCounted()).isEqualTo(page.requests().getFirst().at());
            assertThat(summary.consumers()).singleElement().extracting(ConsumerSummary::consumer).isEqualTo("test");
        }

        @Test
        void reset_everything_isGone() {
            control().createOrganisation(NewOrganisation.of("acme", 100));
            control().reset();
            assertThat(control().organisations()).isEmpty();
            assertThat(control().summary()).isEmpty();
        }
    }

    @Nested
    class InProcess extends Contract {
        @Override
        SandboxControl control() {
            return sandbox;
        }
    }

    @Nested
    class OverHttp extends Contract {
        private SandboxControlClient client;

        @BeforeEach
        void connect() throws IOException {
            client = SandboxControlClient.of(folder.resolve("state"));
        }

        @AfterEach
        void disconnect() {
            client.close();
        }

        @Override
        SandboxControl control() {
            return client;
        }
    }

    @Test
    void token_wrongOrMissing_answers401() throws Exception {
        try (SandboxControlClient stranger = new SandboxControlClient(sandbox.controlUrl(), "guess")) {
            assertRefused(401, "send 'Authorization: Bearer TOKEN' with the token in the state directory's "
                    + "control-token", stranger::keys);
        }
        HttpRequest bare = HttpRequest.newBuilder(sandbox.controlUrl().resolve("/control/keys")).build();
        assertThat(send(bare).statusCode()).isEqualTo(401);
    }

    @Test
    void host_notLoopback_answers403() throws Exception {
        String answer = RawHttp.send(sandbox.controlUrl(), "GET /control/keys HTTP/1.1\r\nHost: evil.example\r\n"
                + "Authorization: Bearer " + sandbox.controlToken() + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 403").contains("only on loopback");
    }

    @Test
    void control_onTheApiPort_isNotThere() throws Exception {
        assertThat(control("GET", sandbox.baseUrl().resolve("/control/keys"), "").statusCode()).isEqualTo(404);
        assertThat(control("GET", sandbox.controlUrl().resolve("/api/jobs"), "").statusCode()).isEqualTo(404);
    }

    @Test
    void body_misspelt_isRefusedByName() throws Exception {
        HttpResponse<String> response = control("PUT", "/control/faults", "{\"latencyms\":5}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("latencyms");
        assertThat(sandbox.faults()).isEqualTo(Faults.NONE);
    }

    @Test
    void body_wrong_saysWhy() throws Exception {
        assertThat(control("PUT", "/control/faults", "{\"error_share\":2}").body())
                .isEqualTo("{\"error\":\"error share 2.0 is not between 0 and 1\"}");
        assertThat(control("POST", "/control/organisations", "{\"name\":\"acme\"}").body())
                .isEqualTo("{\"error\":\"balance is missing\"}");
        assertThat(control("PUT", "/control/faults", "{\"odd_header\":\"strange\"}").statusCode()).isEqualTo(400);
        assertThat(control("GET", "/control/requests?limit=x", "").statusCode()).isEqualTo(400);
        assertThat(control("GET", "/control/requests?after=x", "").statusCode()).isEqualTo(400);
    }

    @Test
    void rates_partOfThem_leavesTheRest() throws Exception {
        sandbox.createOrganisation(NewOrganisation.of("acme", 100));
        assertThat(control("PUT", "/control/organisations/org-1/rates",
                "{\"model\":\"gcra\",\"placement\":\"by-address\",\"nodes\":2}").body())
                .contains("\"model\":\"gcra\"", "\"shown\":\"tightest\"", "\"lag_ms\":0",
                        "\"general\":[{\"window_ms\":60000,\"limit\":360}");
        assertThat(control("PUT", "/control/organisations/org-1/rates", "{\"placement\":\"one\"}").statusCode())
                .isEqualTo(200);
        assertThat(sandbox.rates("org-1"))
                .isEqualTo(RateSettings.published().withModel(WindowModel.GCRA));
        assertThat(control("PUT", "/control/organisations/org-1/rates", "{\"model\":\"gcr\"}").statusCode())
                .isEqualTo(400);
        assertThat(control("PUT", "/control/organisations/org-1/rates", "{\"nodes\":2}").body())
                .isEqualTo("{\"error\":\"placement one does not go with nodes 2\"}");
        assertThat(control("POST", "/control/keys/key-1/revoke/more", "").statusCode()).isEqualTo(404);
        assertThat(control("GET", "/control/keys/key-1/wipe-counters", "").statusCode()).isEqualTo(405);
    }

    @Test
    void path_unknown_answers404And405() throws Exception {
        assertThat(control("GET", "/control/nothing", "").statusCode()).isEqualTo(404);
        assertThat(control("GET", "/", "").statusCode()).isEqualTo(404);
        assertThat(control("GET", "/control/summary/more", "").statusCode()).isEqualTo(404);
        assertThat(control("DELETE", "/control/keys", "").statusCode()).isEqualTo(405);
        assertThat(control("GET", "/control/reset", "").statusCode()).isEqualTo(405);
    }

    @Test
    void client_noSandbox_saysThatNobodyAnswers() throws Exception {
        try (SandboxControlClient client = SandboxControlClient.of(folder.resolve("state"))) {
            URI url = sandbox.controlUrl();
            sandbox.close();
            assertRefused(0, "the sandbox's control API at " + url + " does not answer", client::keys);
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SandboxControlClient.of(folder.resolve("state")));
    }

    private int use(CreatedKey key) throws IOException, InterruptedException {
        return request(key).statusCode();
    }

    private int remaining(CreatedKey key) throws IOException, InterruptedException {
        return Integer.parseInt(request(key).headers().firstValue("X-RateLimit-Remaining").orElseThrow());
    }

    private HttpResponse<String> request(CreatedKey key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(sandbox.baseUrl().resolve("/api/connectors/filters"))
                .header("X-Api-Key", key.value()).header("X-Consumer", "test").build();
        return send(request);
    }

    private HttpResponse<String> control(String method, String path, String body) throws Exception {
        return control(method, sandbox.controlUrl().resolve(path), body);
    }

    private HttpResponse<String> control(String method, URI url, String body) throws Exception {
        return send(HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + sandbox.controlToken()).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void assertRefused(int status, String message, Runnable operation) {
        assertThatExceptionOfType(SandboxControlException.class).isThrownBy(operation::run).withMessage(message)
                .extracting(SandboxControlException::status).isEqualTo(status);
    }
}
