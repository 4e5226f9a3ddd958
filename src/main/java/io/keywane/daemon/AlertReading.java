package io.keywane.daemon;

import io.keywane.alert.ActiveAlert;
import io.keywane.alert.AlertId;
import io.keywane.alert.Incident;
import io.keywane.anomaly.Anomaly;
import io.keywane.anomaly.Band;
import io.keywane.control.AlertDetail;
import io.keywane.control.AlertList;
import io.keywane.control.Argument;
import io.keywane.control.ControlException;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.FindingList;
import io.keywane.control.UseSeriesTable;
import io.keywane.engine.Engine;
import io.keywane.engine.KeyReport;
import io.keywane.engine.Ports;
import io.keywane.engine.UsePlot;
import io.keywane.key.KeyName;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads alerts, incidents, their series and findings from the engine. */
final class AlertReading {
    private static final Duration DAY = Duration.ofDays(1);
    /** Shown before the onset and after the end of an incident. */
    private static final Duration AROUND = Duration.ofHours(2);
    private static final Duration LONGEST = Duration.ofDays(60);

    private final Engine engine;
    private final Ports ports;

    AlertReading(Engine engine, Ports ports) {
        this.engine = engine;
        this.ports = ports;
    }

    AlertList list() {
        return new AlertList(engine.alerts().stream().map(AlertReading::alert).toList(),
                engine.keys().stream().flatMap(key -> maintenance(key).stream()).toList());
    }

    private Optional<AlertList.Maintenance> maintenance(KeyName key) {
        return engine.report(key).flatMap(KeyReport::maintenance)
                .map(lasting -> new AlertList.Maintenance(key.value(), WireVersions.maintenance(lasting)));
    }

    private static AlertList.Alert alert(ActiveAlert active) {
        return new AlertList.Alert(active.alert().name().alertName(), active.alert().name().severity().word(),
                active.alert().key().map(KeyName::value), Optional.of(active.alert().organisation().value()),
                active.since().wall(), active.alert().summary(), active.alert().command(), active.id().value(),
                active.acknowledged().map(by -> by.by() + " at " + by.at() + (by.why().isEmpty()
                        ? ""
                        : ": " + by
                                .why())));
    }

    /** The id that a request names. */
    static AlertId id(ControlRequest request) {
        String text = request.text(Argument.ALERT).orElse("");
        try {
            return new AlertId(text);
        } catch (IllegalArgumentException e) {
            throw new ControlException(ExitCode.USAGE, String.valueOf(e.getMessage()), "see `keywane alerts list`");
        }
    }

    AlertDetail detail(ControlRequest request) {
        AlertId id = id(request);
        Optional<AlertList.Alert> firing = engine.alerts().stream().filter(a -> a.id().equals(id)).findFirst()
                .map(AlertReading::alert);
        for (KeyName key : engine.keys()) {
            for (Incident incident : engine.incidents(key)) {
                if (idOf(key, incident).equals(id)) {
                    return new AlertDetail(id.value(), firing, Optional.of(wire(key, incident)),
                            Optional.of(around(key, incident)));
                }
            }
        }
        if (firing.isEmpty()) {
            throw new ControlException(ExitCode.NOT_FOUND, "no alert and no incident has the id " + id,
                    "see `keywane alerts list`, and `keywane usage KEY --plot` for incidents of the past");
        }
        return new AlertDetail(id.value(), firing, Optional.empty(), Optional.empty());
    }

    private UseSeriesTable around(KeyName key, Incident incident) {
        Instant now = ports.clock().now().wall();
        Instant end = incident.resolved().orElse(now).plus(AROUND);
        Instant from = incident.anomaly().onset().minus(AROUND);
        return series(key, from, end.isBefore(now) ? end : now);
    }

    UseSeriesTable series(ControlRequest request) {
        Duration since = request.duration(Argument.SINCE).orElse(DAY);
        if (since.compareTo(LONGEST) > 0) {
            throw new ControlException(ExitCode.USAGE, "a plot reaches back 60 days at most", "");
        }
        Instant now = ports.clock().now().wall();
        return series(request.key(), now.minus(since), now);
    }

    private UseSeriesTable series(KeyName key, Instant from, Instant to) {
        ports.history().flush();
        Duration step = engine.useStep(key);
        List<UseSeriesTable.Point> points = UsePlot
                .of(ports.history().usage(key, UsePlot.needed(from), to.plus(step.multipliedBy(3))), step, from, to)
                .stream().map(AlertReading::point).toList();
        List<UseSeriesTable.Incident> incidents = engine.incidents(key).stream()
                .filter(i -> i.anomaly().onset().isBefore(to) && i.resolved().map(r -> r.isAfter(from)).orElse(true))
                .map(i -> wire(key, i)).toList();
        return new UseSeriesTable(key.value(), step, points, incidents);
    }

    static UseSeriesTable.Point point(UsePlot.Step step) {
        Optional<Double> requests = step.point().isObserved() ? Optional.of(step.point().count()) : Optional.empty();
        return new UseSeriesTable.Point(step.point().from(), requests, step.usual().map(Band::low),
                step.usual().map(Band::expected), step.usual().map(Band::high));
    }

    private static AlertId idOf(KeyName key, Incident incident) {
        return AlertId.of(incident.alert(), key.value(), incident.detected());
    }

    static UseSeriesTable.Incident wire(KeyName key, Incident incident) {
        Anomaly anomaly = incident.anomaly();
        return new UseSeriesTable.Incident(idOf(key, incident).value(), incident.alert().alertName(),
                anomaly.kind().word(), anomaly.onset(), incident.detected(), incident.resolved(), anomaly.expected(),
                anomaly.actual(), Optional.of(anomaly.ratio()).filter(Double::isFinite), anomaly.confidence());
    }

    FindingList findings() {
        return new FindingList(engine.findings().stream().map(f -> new FindingList.Finding(f.kind().word(),
                f.key().value(), f.sentence(), f.command())).toList());
    }
}
