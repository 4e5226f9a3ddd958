package io.keywane.daemon;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The gauges' series of one scrape. What comes first is shown; what comes when the places are taken is not. */
final class GaugeSeries {
    private final int places;
    private final Map<Metric, List<GaugeDataPointSnapshot>> points = new EnumMap<>(Metric.class);
    private int taken;
    private int dropped;

    GaugeSeries(int places) {
        this.places = places;
    }

    void put(Metric metric, Instant time, String... values) {
        put(metric, time.toEpochMilli() / 1_000.0, values);
    }

    void put(Metric metric, boolean value, String... values) {
        put(metric, value ? 1 : 0, values);
    }

    // Prometheus knows doubles only; counts beyond 2^53 are not to be expected.
    void put(Metric metric, long value, String... values) {
        put(metric, (double) value, values);
    }

    void put(Metric metric, double value, String... values) {
        if (taken >= places) {
            dropped++;
            return;
        }
        taken++;
        points.computeIfAbsent(metric, _ -> new ArrayList<>())
                .add(GaugeDataPointSnapshot.builder().value(value).labels(labels(metric, values)).build());
    }

    int dropped() {
        return dropped;
    }

    /** All series, with the build's. */
    MetricSnapshots build(String version) {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        all.metricSnapshot(InfoSnapshot.builder().name(Metric.BUILD.baseName()).help(Metric.BUILD.help())
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder().labels(labels(Metric.BUILD, version)).build())
                .build());
        points.forEach((metric, series) -> {
            var gauge = io.prometheus.metrics.model.snapshots.GaugeSnapshot.builder().name(metric.baseName())
                    .help(metric.help());
            series.forEach(gauge::dataPoint);
            all.metricSnapshot(gauge.build());
        });
        return all.build();
    }

    private static Labels labels(Metric metric, String... values) {
        return Labels.of(metric.labels().toArray(String[]::new), values);
    }
}
