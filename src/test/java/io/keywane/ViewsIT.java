package io.keywane;

import io.keywane.control.GateStatus;
import io.keywane.control.Verb;
import io.keywane.grafana.Dashboards;
import io.keywane.page.StatusPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What people look at, over one rotation with a consumer: the status page of the running daemon while the old key drains, and
 * every query of every dashboard in Debian's Prometheus once it is flagged.
 */
@Execution(ExecutionMode.CONCURRENT)
class ViewsIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void pageAndDashboards_overARotation_showIt() throws Exception {
        Peers.require("prometheus", Peers.onPath("prometheus"));
        Peers.require("prometheus-alertmanager", Peers.onPath("prometheus-alertmanager"));
        try (Rig rig = new Rig(folder); MonitoringStack stack = new MonitoringStack(folder.resolve("stack"))) {
            Files.writeString(rig.folder().resolve("webhook-url"), stack.hook("/chat").toString());
            Files.writeString(rig.folder().resolve("keywane.yaml"),
                    "alerts: {push: {webhook: {file: webhook-url}}}\n", StandardOpenOption.APPEND);
            rig.start();
            Rig.NewKey first = rig.createKey("first");
            Rig.NewKey second = rig.createKey("second");
            rig.importKey(first);
            stack.watch(rig.http());
            rig.until("the first key to be published", LONG, () -> Files.exists(rig.published()));
            try (KeyUser _ = consumer(rig)) {
                rig.until("use of the first key", LONG,
                        () -> !stack.query("keywane_foreign_last_use_timestamp_seconds").isEmpty());
                rig.change(Verb.ROTATION_START);
                rig.supplyKey(second);
                rig.untilRotation("draining", LONG);
                showsTheDrain(rig, List.of(first, second));
                waiveWhatIsOpen(rig);
                rig.untilRotation("flagged", LONG);
                List<String> waited = new ArrayList<>(Dashboards.queries(Rig.KEY, "15s"));
                assertThat(waited).hasSizeGreaterThan(30);
                await().atMost(LONG).untilAsserted(() -> {
                    waited.removeIf(query -> returnsData(stack, query));
                    assertThat(waited).as("queries without data").isEmpty();
                });
            }
        }
    }

    /** Asks for what costs a credit, with the published key. */
    private static KeyUser consumer(Rig rig) throws Exception {
        return new KeyUser(rig.sandbox().baseUrl(), "consumer", InetAddress.getLoopbackAddress(),
                KeyUser.published(rig.published(), Duration.ofSeconds(1)),
                List.of("/api/jobs?page_size=1", "/api/connectors/filters")).steadily(Duration.ofMillis(100));
    }

    private void showsTheDrain(Rig rig, List<Rig.NewKey> keys) throws Exception {
        rig.until("a picture of the drain", LONG, () -> page(rig).body().contains("<svg viewBox=\"0 0 720"));
        HttpResponse<String> page = page(rig);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy")).contains(StatusPage.policy());
        assertThat(page.body()).contains("search: draining", "<code>keywane rotation waive search --gate ",
                "aria-label=\"Drain of the leaving key of search", "valid, accepted", " left", "href=\"#credits\"")
                .doesNotContain("<script", "http:", "https:");
        for (Rig.NewKey key : keys) {
            String value = key.material().exposeString();
            assertThat(page.body()).doesNotContain(value.substring(12, 20), value.substring(value.length() - 8));
        }
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("status-live.html"), page.body());
    }

    private HttpResponse<String> page(Rig rig) throws Exception {
        return client.send(HttpRequest.newBuilder(rig.http().resolve("/")).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void waiveWhatIsOpen(Rig rig) {
        rig.status().gates().stream().filter(gate -> !gate.met() && !gate.waived()).map(GateStatus::gate)
                .forEach(rig::waive);
    }

    private static boolean returnsData(MonitoringStack stack, String query) {
        try {
            return !stack.query(query).isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException _) {
            return false;
        }
    }
}
