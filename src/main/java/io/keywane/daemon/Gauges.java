package io.keywane.daemon;

import io.keywane.anomaly.Anomaly;
import io.keywane.anomaly.AnomalyKind;
import io.keywane.daemon.GaugeSnapshot.GroupGauges;
import io.keywane.daemon.GaugeSnapshot.KeyGauges;
import io.keywane.daemon.GaugeSnapshot.OrganisationGauges;
import io.keywane.key.Stage;
import io.keywane.rotation.RotationState;
import io.keywane.usage.LimiterGroup;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * Shows how things stand, made anew from a snapshot at each scrape: a series that is not in the snapshot is not shown,
 * so none can go stale.
 */
final class Gauges implements MultiCollector {
    private final String version;
    private final SeriesCap cap;
    private final Supplier<GaugeSnapshot> source;

    /**
     * @param version of this build
     * @param source asked once for each scrape, by the scraping thread
     */
    Gauges(String version, SeriesCap cap, Supplier<GaugeSnapshot> source) {
        this.version = requireNonNull(version, "version is null");
        this.cap = requireNonNull(cap, "cap is null");
        this.source = requireNonNull(source, "source is null");
    }

    @Override
    public MetricSnapshots collect() {
        GaugeSnapshot snapshot = source.get();
        GaugeSeries series = new GaugeSeries(cap.free());
        ofProcess(series, snapshot);
        snapshot.organisations().stream().sorted(Comparator.comparing(OrganisationGauges::name))
                .forEach(organisation -> ofOrganisation(series, organisation));
        snapshot.keys().stream().sorted(Comparator.comparing(KeyGauges::name)).forEach(key -> ofKey(series, key));
        cap.drop(series.dropped());
        return series.build(version);
    }

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return Stream.of(Metric.values()).filter(m -> m.kind() == Metric.Kind.GAUGE)
                .map(m -> MetricFamilyDescriptor.gauge(m.baseName()).help(m.help())
                        .labelNames(m.labels().toArray(String[]::new)).build())
                .toList();
    }

    private static void ofProcess(GaugeSeries series, GaugeSnapshot snapshot) {
        series.put(Metric.CONFIG_RELOAD_SUCCESSFUL, snapshot.configReloaded());
        series.put(Metric.CONFIG_RELOAD_TIME, snapshot.configReadAt());
        series.put(Metric.PROBE_INTERVAL, snapshot.probeInterval().toMillis() / 1_000.0);
        new TreeMap<>(snapshot.loops()).forEach((loop, time) -> series.put(Metric.LOOP_PROGRESS, time, loop));
        snapshot.alerts().forEach(alert -> series.put(Metric.ALERT_ACTIVE, alert.active(),
                alert.identity().toArray(String[]::new)));
    }

    private static void ofOrganisation(GaugeSeries series, OrganisationGauges organisation) {
        String name = organisation.name().value();
        organisation.balance().ifPresent(balance -> series.put(Metric.CREDITS_BALANCE, balance, name));
        series.put(Metric.CREDITS_LOW_THRESHOLD, organisation.creditsLow(), name);
    }

    private static void ofKey(GaugeSeries series, KeyGauges key) {
        String name = key.name().value();
        key.created().ifPresent(time -> series.put(Metric.KEY_CREATED, time, name));
        key.maxAge().ifPresent(age -> series.put(Metric.KEY_MAX_AGE, age.toMillis() / 1_000.0, name));
        key.oldestFlagged().ifPresent(time -> series.put(Metric.KEY_FLAGGED, time, name));
        key.tellFailing().ifPresent(time -> series.put(Metric.TELL_FAILING, time, name));
        key.rotation().ifPresent(rotation -> series.put(Metric.ROTATION_PHASE_ENTERED, rotation.entered(), name));
        for (AnomalyKind kind : AnomalyKind.values()) {
            series.put(Metric.ANOMALY_ACTIVE, key.anomaly().filter(a -> a.kind() == kind).isPresent(), name,
                    kind.word());
        }
        series.put(Metric.ANOMALY_SCORE, key.anomaly().map(Anomaly::score).orElse(0.0), name);
        for (RotationState state : RotationState.values()) {
            series.put(Metric.ROTATION_STATE, key.rotation().filter(r -> r.state() == state).isPresent(), name,
                    Words.of(state));
        }
        for (Stage stage : Stage.values()) {
            series.put(Metric.KEY_VERSIONS, key.versions().getOrDefault(stage, 0), name, Words.of(stage));
        }
        new TreeMap<>(key.lastForeignUse())
                .forEach((stage, time) -> series.put(Metric.FOREIGN_LAST_USE, time, name, Words.of(stage)));
        new TreeMap<>(key.groups()).entrySet().forEach(group -> ofGroup(series, name, group));
    }

    private static void ofGroup(GaugeSeries series, String key, Map.Entry<LimiterGroup, GroupGauges> entry) {
        String group = entry.getKey().value();
        GroupGauges gauges = entry.getValue();
        gauges.lastSuccess().ifPresent(time -> series.put(Metric.PROBE_LAST_SUCCESS, time, key, group));
        gauges.rateLimit().ifPresent(reading -> {
            series.put(Metric.RATELIMIT_LIMIT, reading.limit(), key, group);
            series.put(Metric.RATELIMIT_REMAINING, reading.remaining(), key, group);
            series.put(Metric.RATELIMIT_RESET, reading.reset(), key, group);
        });
        gauges.coverage().ifPresent(share -> series.put(Metric.COVERAGE, share, key, group));
    }
}
