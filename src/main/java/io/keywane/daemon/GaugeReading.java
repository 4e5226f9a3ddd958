package io.keywane.daemon;

import io.keywane.alert.AlertName;
import io.keywane.alert.Incident;
import io.keywane.daemon.GaugeSnapshot.AlertGauge;
import io.keywane.daemon.GaugeSnapshot.GroupGauges;
import io.keywane.daemon.GaugeSnapshot.KeyGauges;
import io.keywane.daemon.GaugeSnapshot.OrganisationGauges;
import io.keywane.daemon.GaugeSnapshot.RotationGauge;
import io.keywane.engine.Engine;
import io.keywane.engine.KeyReport;
import io.keywane.engine.Settings;
import io.keywane.engine.TellingReport;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.key.Stage;
import io.keywane.rotation.KeyVersion;
import io.keywane.usage.LimiterGroup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads from the engine what the gauges show. */
final class GaugeReading {
    private GaugeReading() {}

    static GaugeSnapshot of(Engine engine, boolean reloaded, Instant readAt, Map<String, Instant> loops) {
        Settings settings = engine.settings();
        List<KeyGauges> keys = engine.keys().stream().flatMap(name -> engine.lastReport(name).stream())
                .map(GaugeReading::key)
                .toList();
        List<OrganisationGauges> organisations = settings.organisations().values().stream()
                .map(o -> new OrganisationGauges(o.name(), engine.organisation(o.name()).latest()
                        .map(r -> OptionalLong.of(r.balance())).orElse(OptionalLong.empty()), o.creditsLow()))
                .toList();
        return new GaugeSnapshot(reloaded, readAt, settings.probing().interval(), keys, organisations,
                alerts(engine, settings), loops);
    }

    private static KeyGauges key(KeyReport report) {
        Map<Stage, Integer> versions = new EnumMap<>(Stage.class);
        Map<Stage, Instant> used = new EnumMap<>(Stage.class);
        for (KeyVersion version : report.state().versions()) {
            versions.merge(version.stage(), 1, Integer::sum);
            report.evidence().of(version.id()).lastUsed().map(Moment::wall)
                    .ifPresent(at -> used.merge(version.stage(), at, (a, b) -> a.isAfter(b) ? a : b));
        }
        Optional<Instant> flagged = report.state().versions().stream().filter(v -> v.stage() == Stage.FLAGGED)
                .map(v -> v.since().wall()).min(Comparator.naturalOrder());
        Map<LimiterGroup, GroupGauges> groups = new TreeMap<>();
        report.coverage().forEach((group, share) -> groups.put(group, new GroupGauges(
                Optional.ofNullable(report.samples().get(group)).map(s -> s.received().wall()),
                Optional.ofNullable(report.samples().get(group)).flatMap(s -> s.headers().rateLimit()),
                OptionalDouble.of(share))));
        return new KeyGauges(report.settings().name(), report.state().current().map(v -> v.takenIn().wall()),
                report.settings().rotation().maxAge(), flagged, versions, used,
                report.state().rotation().map(r -> new RotationGauge(r.state(), r.since().wall())), groups,
                report.incident().map(Incident::anomaly), report.telling().flatMap(TellingReport::failingSince));
    }

    private static List<AlertGauge> alerts(Engine engine, Settings settings) {
        List<AlertGauge> gauges = new ArrayList<>();
        for (AlertName name : AlertName.values()) {
            if (!name.isDecidedHere()) {
                continue;
            }
            if (name.isAboutKeys()) {
                settings.keys().values().forEach(
                        key -> gauges.add(gauge(engine, name, Optional.of(key.name()), key.organisation())));
            } else {
                settings.organisations().keySet()
                        .forEach(organisation -> gauges.add(gauge(engine, name, Optional.empty(), organisation)));
            }
        }
        return gauges;
    }

    private static AlertGauge gauge(
            Engine engine, AlertName name, Optional<KeyName> key, OrganisationName organisation) {
        boolean active = engine.alerts().stream().map(a -> a.alert())
                .anyMatch(a -> a.name() == name && a.key().equals(key) && a.organisation().equals(organisation));
        return new AlertGauge(name.alertName(), name.severity().word(), key, Optional.of(organisation), active);
    }
}
