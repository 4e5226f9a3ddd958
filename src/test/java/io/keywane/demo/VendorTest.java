package io.keywane.demo;

import io.keywane.sandbox.Sandbox;
import io.keywane.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** The vendor's side against a sandbox in this process. */
class VendorTest {
    @TempDir
    private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private Sandbox sandbox;
    private Vendor vendor;
    private Vendor.NewKey key;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxSettings.defaults(folder.resolve("state")));
        vendor = new Vendor(sandbox);
        key = vendor.createKey("demo-search-1");
    }

    @AfterEach
    void stop() {
        sandbox.close();
        http.close();
    }

    private int call(ApiCall call, String consumer) throws Exception {
        return http.send(call.request(URI.create(sandbox.baseUrl().toString()))
                .header("X-Api-Key", key.material().exposeString()).header("User-Agent", consumer).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void round_everyCall_isAcceptedAndOneCostsACredit() throws Exception {
        for (ApiCall call : ApiCall.ROUND) {
            assertThat(call(call, "demo-consumer-1")).as(call.path()).isEqualTo(200);
        }

        assertThat(vendor.balance()).isEqualTo(Vendor.BALANCE - 1);
        assertThat(vendor.use(key.id())).isEqualTo(new Vendor.Use(4, 0, 1));
    }

    @Test
    void lastUse_probesAndRefusedRequestsAfterIt_areNone() throws Exception {
        Instant before = Instant.now().minusMillis(1);
        call(ApiCall.ROUND.getFirst(), "demo-consumer-1");
        Instant after = Instant.now();
        Thread.sleep(5);
        call(ApiCall.ROUND.getFirst(), "keywane");
        vendor.revoke(key.id());
        assertThat(call(ApiCall.ROUND.getFirst(), "demo-consumer-2")).isEqualTo(401);

        assertThat(vendor.lastUse(key.id()).orElseThrow()).isBetween(before, after);
        assertThat(vendor.refusals(key.id())).isEqualTo(1);
        assertThat(vendor.useOfAllKeys()).isEqualTo(new Vendor.Use(2, 1, 2));
    }

    @Test
    void lastUse_neverUsed_isEmpty() throws Exception {
        call(ApiCall.ROUND.getFirst(), "keywane");

        assertThat(vendor.lastUse(key.id())).isEmpty();
        assertThat(vendor.use(key.id())).isEqualTo(new Vendor.Use(0, 0, 0));
    }
}
