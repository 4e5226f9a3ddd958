package io.keywane.cli;

import io.keywane.control.AlertList;
import io.keywane.control.AuditVerification;
import io.keywane.control.CannedResults;
import io.keywane.control.KeyList;
import io.keywane.control.RotationStatus;
import io.keywane.control.TellingStatus;
import io.keywane.control.VersionSummary;
import io.keywane.key.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static io.keywane.control.CannedResults.NOON;
import static io.keywane.control.CannedResults.OLD;
import static org.assertj.core.api.Assertions.assertThat;

final class TextTest {
    private static final Style PLAIN = new Style(NOON, false);

    @ParameterizedTest
    @CsvSource({"PT0S,0s", "PT59S,59s", "PT60S,1m", "PT90S,1m 30s", "PT3H,3h", "PT3H5M59S,3h 5m", "PT24H,1d",
        "P3DT4H59M,3d 4h"})
    void duration_two_largestUnits(Duration duration, String text) {
        assertThat(Style.duration(duration)).isEqualTo(text);
    }

    @Test
    void age_ofTheFuture_isZero() {
        assertThat(PLAIN.age(NOON.plusSeconds(5))).isEqualTo("0s");
    }

    @ParameterizedTest
    @CsvSource({"90s,PT90S", "30m,PT30M", "1h30m,PT1H30M", "7d,PT168H", "PT2H,PT2H"})
    void durations_asTyped_areRead(String typed, Duration duration) {
        assertThat(new Durations().convert(typed)).isEqualTo(duration);
    }

    @Test
    void sparkline_zeroIsLowestAndAnythingElseIsHigher() {
        assertThat(Sparkline.of(List.of(Optional.of(0L), Optional.of(1L), Optional.empty(), Optional.of(500L),
                Optional.of(1_000L)))).isEqualTo("▁▂·▅█");
        assertThat(Sparkline.of(List.of(Optional.of(0L), Optional.of(0L)))).isEqualTo("▁▁");
        assertThat(Sparkline.of(List.of())).isEmpty();
    }

    @Test
    void emptyLists_areSaidSo() {
        assertThat(KeyText.list(new KeyList(List.of()), PLAIN)).containsExactly("no managed keys are configured");
        assertThat(WatchText.alerts(new AlertList(List.of(), List.of()), PLAIN)).containsExactly("no alert fires");
    }

    @Test
    void brokenChain_namesTheLine() {
        assertThat(WatchText.verification(new AuditVerification(false, 41, Optional.empty(), Optional.of(17L)), PLAIN))
                .containsExactly("the chain is broken at line 17: 41 lines checked");
    }

    @Test
    void flaggedVersion_isTheOneToRevokeAndTheCurrentIsNot() {
        VersionSummary flagged = new VersionSummary(OLD.id(), OLD.brief(), Stage.FLAGGED, NOON, "flag_marked",
                "the old key may be revoked", OLD.dashboardName(), OLD.publicPrefix(), OLD.takenIn(), false, List.of());
        RotationStatus status = new RotationStatus("search-production",
                Optional.of(CannedResults.rotation("flagged", true)), Optional.of(CannedResults.NEW), List.of(flagged),
                List.of(), List.of(), List.of(), List.of(), List.of());

        assertThat(RotationText.status(status, PLAIN)).containsSubsequence(
                "Revoke in the dashboard (Settings -> API Keys): 0a1b2c3d \"search 2025\", prefix jbe_live_Ab1, taken in 2026-05-08T12:00:00Z",
                "Must not be revoked: ffeeddcc \"search 2026\", prefix jbe_live_Zz9, taken in 2026-11-24T11:50:00Z");
    }

    @Test
    void consumers_areSaidToBeToldOrNot() {
        assertThat(telling(new TellingStatus("/bin/reload", true, NOON.minusSeconds(60), 0, Optional.empty())))
                .isEqualTo("  consumers: told by /bin/reload 1m ago");
        assertThat(telling(new TellingStatus("/bin/reload", false, NOON, 0, Optional.empty())))
                .isEqualTo("  consumers: not told yet by /bin/reload");
        assertThat(telling(new TellingStatus("/bin/reload", false, NOON.minusSeconds(60), 2,
                Optional.of("the command failed (exit 1)"))))
                .isEqualTo("  consumers: not told by /bin/reload, which is tried again: the command failed (exit 1)"
                        + " (run 2, 1m ago)");
    }

    private static String telling(TellingStatus telling) {
        return RotationText
                .status(new RotationStatus("search-production", Optional.empty(), Optional.empty(), List.of(),
                        List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(),
                        Optional.of(telling), Optional.empty()), PLAIN)
                .getLast();
    }

    @Test
    void maintenance_isToldWhereAlertsAreMissed() {
        String announced = "until 2026-11-24T14:00:00Z, by user:kim: load test";
        RotationStatus status = new RotationStatus("search-production", Optional.empty(), Optional.empty(), List.of(),
                List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(announced));
        AlertList alerts = new AlertList(List.of(), List.of(new AlertList.Maintenance("search-production", announced)));

        assertThat(RotationText.status(status, PLAIN)).containsExactly("search-production: no rotation yet",
                "maintenance (no alert of its use): " + announced);
        assertThat(WatchText.alerts(alerts, PLAIN)).containsExactly("no alert fires",
                "search-production: maintenance (no alert of its use): " + announced);
    }

    @Test
    void table_longCell_isNotCut() {
        String cell = "x".repeat(300);

        assertThat(Tables.of(List.of("A", "B"), List.of(List.of(cell, "b"))).getLast()).isEqualTo(cell + "  b");
    }
}
