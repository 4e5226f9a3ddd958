package io.keywane;

import io.keywane.anomaly.AnomalyDetector;
import io.keywane.store.SqliteDatabase;
import io.keywane.store.SqliteStateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The whole road of an alert: a leaked key is used in the sandbox, and a webhook behind Debian's Prometheus and Alertmanager
 * hears of it.
 */
@Execution(ExecutionMode.CONCURRENT)
class AlertingIT {
    private static final String SPIKE = "KeywaneUsageSpike";
    /** A step of a minute that was not observed for half of it does not count, so on a busy machine it takes another. */
    private static final Duration LONG = Duration.ofSeconds(220);
    /** A step of the series counts only if half of it was observed, so the daemon starts early in a minute. */
    private static final int LATEST_SECOND = 15;

    @BeforeEach
    void requirePeers() {
        Peers.require("prometheus", Peers.onPath("prometheus"));
        Peers.require("prometheus-alertmanager", Peers.onPath("prometheus-alertmanager"));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void leak_inTheSandbox_arrivesAtTheWebhookAndResolves(@TempDir Path folder) throws Exception {
        try (Rig rig = new Rig(folder); MonitoringStack stack = new MonitoringStack(folder.resolve("stack"))) {
            Rig.NewKey key = watched(rig, stack);
            try (KeyUser _ = leak(rig, key)) {
                await("the page").atMost(LONG).until(() -> stack.isTold(SPIKE, "firing"));
                await("the daemon's own message").atMost(LONG)
                        .until(() -> stack.received("/slack").contains("FIRING critical " + SPIKE + " (search)"));
            }
            await("the end of the page").atMost(LONG).until(() -> stack.isTold(SPIKE, "resolved"));
            await("the end of the daemon's own").atMost(LONG)
                    .until(() -> stack.received("/slack").contains("RESOLVED critical " + SPIKE + " (search)"));
            assertThat(stack.firing()).doesNotContain(SPIKE, "KeywaneDown");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void daemon_killedAsAnAlertFires_leavesNothingFiringButItsOwnEnd(@TempDir Path folder) throws Exception {
        try (Rig rig = new Rig(folder); MonitoringStack stack = new MonitoringStack(folder.resolve("stack"))) {
            Rig.NewKey key = watched(rig, stack);
            try (KeyUser _ = leak(rig, key)) {
                await("the page").atMost(LONG).until(() -> stack.firing().contains(SPIKE));
                rig.killDaemons();
                await("the daemon's end").atMost(LONG).until(() -> stack.isTold("KeywaneDown", "firing"));
                await("nothing else").atMost(LONG).during(5, TimeUnit.SECONDS)
                        .until(() -> stack.firing().equals(Set.of("KeywaneDown")));
            }
        }
    }

    /** A daemon that knows the key's use of three days, under a real Prometheus. */
    private static Rig.NewKey watched(Rig rig, MonitoringStack stack) throws Exception {
        Files.writeString(rig.folder().resolve("webhook-url"), stack.hook("/slack").toString());
        Files.writeString(rig.folder().resolve("keywane.yaml"),
                "alerts: {calm: 1s, push: {webhook: {file: webhook-url}}}\n", StandardOpenOption.APPEND);
        waitForAnEarlySecond();
        learn(rig.folder().resolve("state/keywane.db"));
        rig.start();
        Rig.NewKey key = rig.createKey("first");
        rig.importKey(key);
        stack.watch(rig.http());
        return key;
    }

    private static void waitForAnEarlySecond() throws InterruptedException {
        Instant now = Instant.now();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        if (Duration.between(minute, now).toSeconds() > LATEST_SECOND) {
            Thread.sleep(Duration.between(now, minute.plus(Duration.ofMinutes(1))));
        }
    }

    /** What the detector knows after three days of two requests a minute, as another run of the daemon would have kept it. */
    private static void learn(Path database) {
        Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(1));
        AnomalyDetector detector = new AnomalyDetector();
        Random random = new Random(1);
        for (Instant at = end.minus(Duration.ofDays(3)); !at.isAfter(end); at = at.plus(Duration.ofMinutes(1))) {
            detector.observe(at, random.nextInt(5));
        }
        try (SqliteDatabase opened = SqliteDatabase.open(database)) {
            new SqliteStateStore(opened).setting("use/" + Rig.KEY, "1 60 " + end + " "
                    + Base64.getEncoder().encodeToString(detector.snapshot()) + "\n");
        }
    }

    private static KeyUser leak(Rig rig, Rig.NewKey key) throws Exception {
        return new KeyUser(rig.sandbox().baseUrl(), "leak", InetAddress.getLoopbackAddress(),
                () -> key.material().exposeString(), List.of("/api/connectors/filters"))
                .steadily(Duration.ofMillis(80));
    }
}
