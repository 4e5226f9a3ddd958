package io.keywane.daemon;

import io.keywane.anomaly.Anomaly;
import io.keywane.anomaly.AnomalyKind;
import io.keywane.anomaly.Grade;
import io.keywane.daemon.GaugeSnapshot.AlertGauge;
import io.keywane.daemon.GaugeSnapshot.GroupGauges;
import io.keywane.daemon.GaugeSnapshot.KeyGauges;
import io.keywane.daemon.GaugeSnapshot.OrganisationGauges;
import io.keywane.daemon.GaugeSnapshot.RotationGauge;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.RotationState;
import io.keywane.usage.CountRange;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsageReason;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static io.keywane.daemon.Fixtures.ACME;
import static io.keywane.daemon.Fixtures.GENERAL;
import static io.keywane.daemon.Fixtures.NOON;
import static io.keywane.daemon.Fixtures.SEARCH;

/** Snapshots in which everything that can be shown is shown. */
final class Snapshots {
    private Snapshots() {}

    static GaugeSnapshot full(KeyName... keys) {
        return new GaugeSnapshot(true, NOON, Duration.ofSeconds(60), Arrays.stream(keys).map(Snapshots::key).toList(),
                List.of(new OrganisationGauges(ACME, OptionalLong.of(4_200), 1_000)),
                List.of(new AlertGauge("KeywaneKeyRejected", "critical", Optional.of(SEARCH), Optional.empty(), false),
                        new AlertGauge("KeywaneCreditsLow", "warning", Optional.empty(), Optional.of(ACME), true)),
                Map.of("probing", NOON));
    }

    static KeyGauges key(KeyName name) {
        return new KeyGauges(name, Optional.of(NOON.minusSeconds(86_400)), Optional.of(Duration.ofDays(90)),
                Optional.of(NOON.minusMillis(1_500)), Map.of(Stage.CURRENT, 1, Stage.FLAGGED, 2),
                Map.of(Stage.RETIRING, NOON.minusSeconds(60)),
                Optional.of(new RotationGauge(RotationState.DRAINING, NOON.minusSeconds(600))),
                Map.of(GENERAL, new GroupGauges(Optional.of(NOON), Optional.of(new RateLimitReading(100, 40, NOON)),
                        OptionalDouble.of(0.75))),
                Optional.of(new Anomaly(AnomalyKind.SPIKE, Grade.PAGE, NOON, 10, 100, 0.5)),
                Optional.of(NOON.minusSeconds(30)));
    }

    static UsagePoint point(LimiterGroup group) {
        return new UsagePoint(new VersionId("0".repeat(32)), group, new Moment("boot", Duration.ofHours(1), NOON),
                UsagePoint.Verdict.IN_USE, UsageReason.MODEL_DECLARED, new CountRange(1, 2), Duration.ofMinutes(1));
    }
}
