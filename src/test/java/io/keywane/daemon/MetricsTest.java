package io.keywane.daemon;

import io.keywane.engine.Intent;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreName;
import io.keywane.rotation.Reason;
import io.keywane.rotation.RotationState;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.Sample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import static io.keywane.daemon.Fixtures.ACME;
import static io.keywane.daemon.Fixtures.FEED;
import static io.keywane.daemon.Fixtures.GENERAL;
import static io.keywane.daemon.Fixtures.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

class MetricsTest {
    private final AtomicReference<GaugeSnapshot> now = new AtomicReference<>(Snapshots.full(SEARCH));
    private final Metrics metrics = new Metrics("0.1.0", Metrics.DEFAULT_CAP, now::get);
    private final MicrometerTelemetry telemetry = metrics.telemetry();

    @AfterEach
    void closeMetrics() {
        metrics.close();
    }

    @Test
    void scrape_configured_showsTheWholeCatalogueAndNothingElse() {
        telemetry.configure(Fixtures.settings(SEARCH));
        TreeSet<String> expected = Arrays.stream(Metric.values()).map(Metric::exposedName)
                .collect(Collectors.toCollection(TreeSet::new));
        expected.add("keywane_probe_duration_seconds_max"); // Micrometer's companion of its histograms
        assertThat(new TreeSet<>(Scrape.of(metrics).families())).isEqualTo(expected);
    }

    @Test
    void scrape_afterEverythingHappened_hasOneLabelSetForEachName() {
        telemetry.configure(Fixtures.settings(SEARCH, FEED));
        everythingHappens();
        Scrape scrape = Scrape.of(metrics);
        scrape.labelSets().forEach((name, sets) -> assertThat(sets).as(name).hasSize(1));
        for (Metric metric : Metric.values()) {
            if (metric.kind() != Metric.Kind.HISTOGRAM) {
                assertThat(scrape.labelSets().getOrDefault(metric.exposedName(), Set.of()).iterator().next())
                        .as(metric.exposedName())
                        .containsExactlyInAnyOrderElementsOf(metric.labels());
            }
            assertThat(scrape.text()).contains("# HELP " + metric.exposedName() + " " + metric.help() + "\n");
        }
    }

    @Test
    void scrape_afterEverythingHappened_passesPromtool() throws Exception {
        telemetry.configure(Fixtures.settings(SEARCH, FEED));
        everythingHappens();
        assertThat(Promtool.checkMetrics(metrics.scrape(ExpositionFormat.PROMETHEUS_TEXT))).isEmpty();
    }

    @Test
    void scrape_openMetrics_isComplete() {
        telemetry.configure(Fixtures.settings(SEARCH));
        String text = new String(metrics.scrape(ExpositionFormat.OPEN_METRICS), StandardCharsets.UTF_8);
        assertThat(text).endsWith("# EOF\n").contains("# TYPE keywane_probes counter\n", "# TYPE keywane_build info\n");
    }

    @Test
    void counters_configured_startAtZeroInEveryCombination() {
        telemetry.configure(Fixtures.settings(SEARCH));
        Scrape scrape = Scrape.of(metrics);
        assertThat(scrape.seriesOf("keywane_probes_total"))
                .isEqualTo(2L * ProbeKind.values().length * ProbeOutcome.values().length);
        assertThat(scrape.seriesOf("keywane_window_contradictions_total")).isEqualTo(2);
        assertThat(scrape.seriesOf("keywane_probe_failures_total")).isEqualTo(ProbeFailure.values().length);
        assertThat(scrape.seriesOf("keywane_rotations_total")).isEqualTo(5);
        assertThat(scrape.seriesOf("keywane_publish_tell_runs_total")).isEqualTo(Intent.Outcome.values().length);
        assertThat(scrape.value("keywane_rotation_failures_total{key=\"search-production\",phase=\"parked\",reason=\""
                + "store_failing\"}")).isZero();
        assertThat(
                scrape.value("keywane_foreign_requests_total{bound=\"hi\",group=\"feed\",key=\"search-production\"}"))
                .isZero();
        assertThat(scrape.value("keywane_store_request_failures_total{operation=\"read\",reason=\"denied\",store=\""
                + "file\"}")).isZero();
    }

    @Test
    void counters_keyLeftTheConfiguration_goAwayAndStayAway() {
        telemetry.configure(Fixtures.settings(SEARCH, FEED));
        everythingHappens();
        assertThat(Scrape.of(metrics).text()).contains("feed-production");
        telemetry.configure(Fixtures.settings(SEARCH));
        everythingHappens();
        telemetry.rotationFailed(FEED, RotationState.STAGED, Reason.KEY_REFUSED);
        telemetry.rotationEnded(FEED, RotationState.FLAGGED);
        telemetry.probed(FEED, Fixtures.sample(GENERAL, ProbeOutcome.VALID, Optional.empty(), Duration.ofMillis(5)));
        telemetry.foreignUse(FEED, Snapshots.point(GENERAL), 1, 2);
        assertThat(Scrape.of(metrics).text()).doesNotContain("feed-production").contains("search-production");
        telemetry.configure(Fixtures.settings(SEARCH, FEED));
        assertThat(Scrape.of(metrics).value(probes("feed-production", "valid"))).isZero();
    }

    @Test
    void counters_reload_keepTheirValues() {
        telemetry.configure(Fixtures.settings(SEARCH));
        telemetry.wallet(ACME, 25, 1_000);
        telemetry.configure(Fixtures.settings(SEARCH, FEED));
        telemetry.wallet(ACME, 5, 0);
        Scrape scrape = Scrape.of(metrics);
        assertThat(scrape.value("keywane_credits_consumed_total{organisation=\"acme\"}")).isEqualTo(30);
        assertThat(scrape.value("keywane_credits_topped_up_total{organisation=\"acme\"}")).isEqualTo(1_000);
    }

    @Test
    void probed_answersAndFailures_areCountedAndTimedOnlyIfSent() {
        telemetry.configure(Fixtures.settings(SEARCH));
        telemetry.probed(SEARCH, Fixtures.sample(GENERAL, ProbeOutcome.VALID, Optional.empty(), Duration.ofMillis(80)));
        telemetry.probed(SEARCH, failed(ProbeFailure.TIMEOUT));
        telemetry.probed(SEARCH, failed(ProbeFailure.KEY_NOT_READABLE));
        telemetry.probed(SEARCH, failed(ProbeFailure.LEDGER_NOT_WRITABLE));
        Scrape scrape = Scrape.of(metrics);
        assertThat(scrape.value(probes("search-production", "valid"))).isEqualTo(1);
        assertThat(scrape.value(probes("search-production", "unknown"))).isEqualTo(3);
        assertThat(scrape.value("keywane_probe_failures_total{key=\"search-production\",reason=\"timeout\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("keywane_probe_duration_seconds_count{group=\"general\"}")).isEqualTo(2);
        assertThat(scrape.value("keywane_probe_duration_seconds_bucket{group=\"general\",le=\"0.1\"}")).isEqualTo(1);
        assertThat(scrape.value("keywane_probe_duration_seconds_bucket{group=\"general\",le=\"0.05\"}")).isZero();
    }

    @Test
    void amounts_nonsense_areNotCounted() {
        telemetry.configure(Fixtures.settings(SEARCH));
        telemetry.foreignUse(SEARCH, Snapshots.point(GENERAL), 2.5, Double.POSITIVE_INFINITY);
        telemetry.foreignUse(SEARCH, Snapshots.point(GENERAL), Double.NaN, 4);
        telemetry.ownCredits(ACME, -3);
        Scrape scrape = Scrape.of(metrics);
        assertThat(scrape
                .value("keywane_foreign_requests_total{bound=\"lo\",group=\"general\",key=\"search-production\"}"))
                .isEqualTo(2.5);
        assertThat(scrape
                .value("keywane_foreign_requests_total{bound=\"hi\",group=\"general\",key=\"search-production\"}"))
                .isEqualTo(4);
        assertThat(scrape.value("keywane_probe_credits_total{organisation=\"acme\"}")).isZero();
    }

    @Test
    void storeRequest_unknownOperation_doesNotWidenTheVocabulary() {
        telemetry.storeRequest(StoreName.FILE, "read");
        telemetry.storeRequest(StoreName.FILE, "anything at all");
        Scrape scrape = Scrape.of(metrics);
        assertThat(scrape.value("keywane_store_requests_total{operation=\"read\",store=\"file\"}")).isEqualTo(1);
        assertThat(scrape.value("keywane_store_requests_total{operation=\"other\",store=\"file\"}")).isEqualTo(1);
    }

    @Test
    void stores_ofTheConfiguration_haveSeriesFromZeroAndNoOthers() {
        StoreName aws = new StoreName("aws");
        telemetry.configure(Fixtures.settings(SEARCH));
        telemetry.storeFailed(aws, "promote", StoreFailure.Kind.DENIED);
        assertThat(Scrape.of(metrics).text()).doesNotContain("store=\"aws\"");

        telemetry.configure(Fixtures.withStore(Fixtures.settings(SEARCH), aws));
        String series = "keywane_store_request_failures_total{operation=\"promote\",reason=\"denied\",store=\"aws\"}";
        assertThat(Scrape.of(metrics).value(series)).isZero();
        telemetry.storeFailed(aws, "promote", StoreFailure.Kind.DENIED);
        assertThat(Scrape.of(metrics).value(series)).isEqualTo(1);
    }

    @Test
    void cap_reached_countsWhatIsMissing() {
        try (Metrics small = new Metrics("0.1.0", 70, () -> Snapshots.full(SEARCH))) {
            small.telemetry().configure(Fixtures.settings(SEARCH));
            Scrape first = Scrape.of(small);
            double dropped = first.value("keywane_series_dropped_total");
            assertThat(dropped).isGreaterThan(0);
            assertThat(first.series().keySet().stream().filter(s -> !s.startsWith("keywane_probe_duration")))
                    .hasSize(72);
            small.telemetry().configure(Fixtures.settings());
            assertThat(Scrape.of(small).text()).contains("keywane_key_created_timestamp_seconds{");
        }
    }

    private void everythingHappens() {
        telemetry.told(SEARCH, Intent.Outcome.SUCCEEDED);
        telemetry.told(FEED, Intent.Outcome.FAILED);
        telemetry.probed(SEARCH, Fixtures.sample(GENERAL, ProbeOutcome.VALID, Optional.empty(), Duration.ofMillis(80)));
        telemetry.probed(FEED, failed(ProbeFailure.TLS));
        telemetry.foreignUse(SEARCH, Snapshots.point(GENERAL), 1, 2);
        telemetry.ownCredits(ACME, 1);
        telemetry.wallet(ACME, 2, 3);
        telemetry.rotationEnded(SEARCH, RotationState.FLAGGED);
        telemetry.rotationFailed(SEARCH, RotationState.STAGED, Reason.KEY_REFUSED);
        telemetry.storeRequest(StoreName.FILE, "read");
        telemetry.storeFailed(StoreName.FILE, "read", StoreFailure.Kind.DAMAGED);
        telemetry.auditFailed();
        telemetry.notificationFailed("webhook");
        telemetry.historyDropped(2);
    }

    private static Sample failed(ProbeFailure failure) {
        return Fixtures.sample(GENERAL, ProbeOutcome.UNKNOWN, Optional.of(failure), Duration.ofSeconds(5));
    }

    private static String probes(String key, String outcome) {
        return "keywane_probes_total{group=\"general\",key=\"" + key + "\",kind=\"liveness\",outcome=\"" + outcome
                + "\"}";
    }
}
