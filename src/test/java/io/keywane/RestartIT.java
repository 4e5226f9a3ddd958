package io.keywane;

import io.keywane.control.AuditVerification;
import io.keywane.control.ControlRequest;
import io.keywane.control.KeyDetail;
import io.keywane.control.MutationResult;
import io.keywane.control.Verb;
import io.keywane.key.Stage;
import io.keywane.sandbox.RequestFilter;
import io.keywane.sandbox.RequestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** kill -9 of the real daemon at five moments of a rotation under load: it goes on and ends the same. */
@Execution(ExecutionMode.CONCURRENT)
class RestartIT {
    private static final Duration LONG = Duration.ofSeconds(150);

    /** When the daemon is killed. */
    enum At {
        AFTER_START,
        AFTER_SUPPLY,
        AS_IT_DRAINS,
        AS_IT_FLAGS,
        AFTER_FLAG
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void daemon_killedInARotation_goesOnAndEndsTheSame(At moment, @TempDir Path folder) throws Exception {
        try (Rig rig = new Rig(folder)) {
            Process daemon = rig.start();
            Rig.NewKey first = rig.createKey("first");
            Rig.NewKey second = rig.createKey("second");
            rig.importKey(first);
            rig.until("the first key to be published", LONG, () -> Files.exists(rig.published()));
            try (Consumers consumers = new Consumers(3, rig.sandbox().baseUrl(), rig.published())) {
                Thread.sleep(Duration.ofSeconds(12));
                rotate(rig, daemon, moment, second);
                rig.untilRotation("flagged", LONG);
                assertThat(flagged(rig)).isAfter(lastUse(rig, first));
                revokeAndConfirm(rig, first);

                assertThat(consumers.requests()).isGreaterThan(100);
                assertThat(consumers.refused()).isZero();
            }
            assertThat(Files.readString(rig.published())).isEqualTo(second.material().exposeString());
            assertThat(rig.client().call(ControlRequest.of(Verb.AUDIT_VERIFY))
                    .resultAs(AuditVerification.class).intact()).isTrue();
        }
    }

    private static void rotate(Rig rig, Process daemon, At moment, Rig.NewKey second) throws Exception {
        rig.change(Verb.ROTATION_START);
        if (moment == At.AFTER_START) {
            killAndRestart(rig, daemon);
        }
        rig.supplyKey(second);
        switch (moment) {
            case AFTER_START -> {
            } // was killed before
            case AFTER_SUPPLY -> killAndRestart(rig, daemon);
            case AS_IT_DRAINS -> {
                rig.until("the drain", LONG, () -> rig.status().gates().stream()
                        .anyMatch(gate -> gate.gate().equals("quiet") && gate.known().contains("silent since")));
                killAndRestart(rig, daemon);
            }
            case AS_IT_FLAGS -> {
                rig.until("the last seconds", LONG, () -> rig.status().gates().stream().anyMatch(
                        gate -> gate.gate().equals("quiet")
                                && gate.missing().map(RestartIT::isNearlyOver).orElse(true)));
                killAndRestart(rig, daemon);
            }
            case AFTER_FLAG -> {
                rig.untilRotation("flagged", LONG);
                killAndRestart(rig, daemon);
            }
        }
    }

    private static boolean isNearlyOver(String missing) {
        return missing.matches("[0-5] s of silence");
    }

    private static void killAndRestart(Rig rig, Process daemon) throws Exception {
        daemon.destroyForcibly().waitFor();
        rig.start();
    }

    private static Instant flagged(Rig rig) {
        return rig.status().rotation().orElseThrow().since();
    }

    private static Instant lastUse(Rig rig, Rig.NewKey key) {
        return rig.sandbox().requests(RequestFilter.ALL.withKeyId(key.id()).withLimit(10_000)).requests().stream()
                .filter(r -> r.consumer().startsWith("consumer-")).map(RequestRecord::at).reduce((_, last) -> last)
                .orElseThrow();
    }

    private static void revokeAndConfirm(Rig rig, Rig.NewKey first) {
        rig.sandbox().revokeKey(first.id());
        rig.change(Verb.ROTATION_CONFIRM_REVOKED).resultAs(MutationResult.class);
        KeyDetail detail = rig.detail();
        assertThat(detail.versions()).extracting(v -> v.stage()).containsExactlyInAnyOrder(Stage.REVOKED,
                Stage.CURRENT);
    }
}
