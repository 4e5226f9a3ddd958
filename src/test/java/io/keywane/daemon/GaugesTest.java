package io.keywane.daemon;

import io.keywane.daemon.GaugeSnapshot.AlertGauge;
import io.keywane.daemon.GaugeSnapshot.GroupGauges;
import io.keywane.daemon.GaugeSnapshot.KeyGauges;
import io.keywane.daemon.GaugeSnapshot.OrganisationGauges;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

import static io.keywane.daemon.Fixtures.ACME;
import static io.keywane.daemon.Fixtures.FEED;
import static io.keywane.daemon.Fixtures.GENERAL;
import static io.keywane.daemon.Fixtures.NOON;
import static io.keywane.daemon.Fixtures.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GaugesTest {
    private final AtomicReference<GaugeSnapshot> now = new AtomicReference<>(Snapshots.full(SEARCH, FEED));
    private final Metrics metrics = new Metrics("0.1.0", Metrics.DEFAULT_CAP, now::get);

    @AfterEach
    void closeMetrics() {
        metrics.close();
    }

    @Test
    void scrape_fullSnapshot_showsItsValues() {
        Scrape scrape = Scrape.of(metrics);
        String key = "key=\"search-production\"";
        assertThat(scrape.value("keywane_build_info{version=\"0.1.0\"}")).isEqualTo(1);
        assertThat(scrape.value("keywane_config_last_reload_successful")).isEqualTo(1);
        assertThat(scrape.value("keywane_config_last_reload_success_timestamp_seconds"))
                .isEqualTo((double) NOON.getEpochSecond());
        assertThat(scrape.value("keywane_probe_interval_seconds")).isEqualTo(60);
        assertThat(scrape.value("keywane_ratelimit_remaining{group=\"general\"," + key + "}")).isEqualTo(40);
        assertThat(scrape.value("keywane_coverage_ratio{group=\"general\"," + key + "}")).isEqualTo(0.75);
        assertThat(scrape.value("keywane_key_flagged_timestamp_seconds{" + key + "}"))
                .isEqualTo(NOON.getEpochSecond() - 1.5);
        assertThat(scrape.value("keywane_key_versions{" + key + ",stage=\"flagged\"}")).isEqualTo(2);
        assertThat(scrape.value("keywane_key_versions{" + key + ",stage=\"revoked\"}")).isZero();
        assertThat(scrape.value("keywane_rotation_state{" + key + ",state=\"draining\"}")).isEqualTo(1);
        assertThat(scrape.value("keywane_rotation_state{" + key + ",state=\"flagged\"}")).isZero();
        assertThat(scrape.value("keywane_credits_balance{organisation=\"acme\"}")).isEqualTo(4_200);
        assertThat(scrape.value("keywane_alert_active{alert=\"KeywaneCreditsLow\",key=\"\",organisation=\"acme\","
                + "severity=\"warning\"}")).isEqualTo(1);
    }

    @Test
    void scrape_nothingKnownYet_showsNoInventedValue() {
        now.set(new GaugeSnapshot(false, NOON, Duration.ofSeconds(60), List.of(bare()),
                List.of(new OrganisationGauges(ACME, OptionalLong.empty(), 1_000)), List.of(), Map.of()));
        Scrape scrape = Scrape.of(metrics);
        assertThat(scrape.names()).doesNotContain("keywane_credits_balance", "keywane_ratelimit_limit",
                "keywane_key_created_timestamp_seconds", "keywane_key_flagged_timestamp_seconds",
                "keywane_probe_last_success_timestamp_seconds", "keywane_rotation_phase_entered_timestamp_seconds");
        assertThat(scrape.value("keywane_config_last_reload_successful")).isZero();
        assertThat(scrape.seriesOf("keywane_rotation_state")).isEqualTo(11);
    }

    @Test
    void scrape_keyLeft_showsNothingOfItAnyMore() {
        assertThat(Scrape.of(metrics).text()).contains("feed-production");
        now.set(Snapshots.full(SEARCH));
        assertThat(Scrape.of(metrics).text()).doesNotContain("feed-production").contains("search-production");
    }

    @Test
    void snapshot_sameThingTwice_isRefused() {
        assertThatThrownBy(() -> Snapshots.full(SEARCH, SEARCH)).hasMessageContaining("key stands twice");
        AlertGauge alert = new AlertGauge("KeywaneDown", "critical", Optional.empty(), Optional.empty(), true);
        assertThatThrownBy(() -> new GaugeSnapshot(true, NOON, Duration.ofSeconds(1), List.of(), List.of(),
                List.of(alert, alert), Map.of())).hasMessageContaining("alert stands twice");
        assertThatThrownBy(() -> new GroupGauges(Optional.empty(), Optional.empty(), OptionalDouble.of(1.1)))
                .hasMessageContaining("coverage");
    }

    private static KeyGauges bare() {
        return new KeyGauges(SEARCH, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of(),
                Optional.empty(),
                Map.of(GENERAL, new GroupGauges(Optional.empty(), Optional.empty(), OptionalDouble.empty())),
                Optional.empty(), Optional.empty());
    }
}
