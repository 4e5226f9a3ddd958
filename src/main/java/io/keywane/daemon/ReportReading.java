package io.keywane.daemon;

import io.keywane.alert.Incident;
import io.keywane.control.Argument;
import io.keywane.control.ControlException;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.Report;
import io.keywane.control.UseSeriesTable;
import io.keywane.engine.Engine;
import io.keywane.engine.KeySettings;
import io.keywane.engine.Ports;
import io.keywane.engine.UsePlot;
import io.keywane.key.OrganisationName;
import io.keywane.rotation.Rotation;
import io.keywane.usage.RunOut;
import io.keywane.usage.WalletAccount;
import io.keywane.usage.WalletReading;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads from history what a report shows. */
final class ReportReading {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(60);
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    /** Shown before the onset and after the end of an incident. */
    private static final Duration AROUND = Duration.ofHours(6);
    /** Incidents of one key: the latest. */
    private static final int INCIDENTS = 12;

    private final Engine engine;
    private final Ports ports;

    ReportReading(Engine engine, Ports ports) {
        this.engine = engine;
        this.ports = ports;
    }

    Report of(ControlRequest request) {
        Duration since = request.duration(Argument.SINCE).orElse(MONTH);
        if (since.compareTo(LONGEST) > 0) {
            throw new ControlException(ExitCode.USAGE, "a report reaches back 60 days at most", "");
        }
        Instant now = ports.clock().now().wall();
        Instant from = now.minus(since).truncatedTo(ChronoUnit.DAYS);
        ports.history().flush();
        return new Report(from, now, wallets(from, now),
                engine.settings().keys().values().stream().sorted(Comparator.comparing(KeySettings::name))
                        .map(key -> key(key, from, now)).toList());
    }

    /** Each organisation's wallet in whole days up to now. */
    List<Report.Wallet> wallets(Instant from, Instant now) {
        return engine.settings().organisations().keySet().stream().sorted()
                .map(organisation -> wallet(organisation, from, now)).toList();
    }

    private Report.Wallet wallet(OrganisationName organisation, Instant from, Instant now) {
        List<WalletReading> readings = ports.history().wallet(organisation, from.minus(DAY));
        Map<Instant, Report.WalletDay> days = new TreeMap<>();
        for (Instant day = from; day.isBefore(now); day = day.plus(DAY)) {
            days.put(day, new Report.WalletDay(day, 0, 0));
        }
        WalletAccount account = WalletAccount.EMPTY;
        for (WalletReading reading : readings) {
            WalletAccount next = account.plus(reading);
            long consumed = next.consumed() - account.consumed();
            long toppedUp = next.toppedUp() - account.toppedUp();
            days.computeIfPresent(reading.at().wall().truncatedTo(ChronoUnit.DAYS),
                    (day, before) -> new Report.WalletDay(
                            day, before.consumed() + consumed, before.toppedUp() + toppedUp));
            account = next;
        }
        return new Report.Wallet(organisation.value(), account.last().map(WalletReading::balance),
                RunOut.of(readings, SIX_HOURS, DAY).map(ReportReading::forecast), List.copyOf(days.values()));
    }

    private static Report.Forecast forecast(RunOut runOut) {
        return new Report.Forecast(runOut.earliest(), runOut.expected(), runOut.latest(), runOut.creditsPerHour());
    }

    private Report.Key key(KeySettings key, Instant from, Instant now) {
        Duration step = engine.useStep(key.name());
        List<UsePlot.Step> steps = UsePlot.of(ports.history().usage(key.name(), UsePlot.needed(from)), step, from, now);
        List<Incident> incidents = engine.incidents(key.name()).stream()
                .filter(i -> i.resolved().map(r -> r.isAfter(from)).orElse(true)).toList();
        return new Report.Key(key.name().value(), key.organisation().value(), key.owner(), key.environment(),
                days(steps, step, from, now),
                incidents.stream().skip(Math.max(0, incidents.size() - INCIDENTS))
                        .map(incident -> plot(key, incident, steps, step, now)).toList(),
                ports.states().rotations(key.name()).stream()
                        .filter(r -> !r.state().isTerminal() || r.since().wall().isAfter(from))
                        .map(ReportReading::turn).toList());
    }

    private static List<Report.UseDay> days(List<UsePlot.Step> steps, Duration step, Instant from, Instant now) {
        Map<Instant, double[]> sums = new TreeMap<>();
        for (UsePlot.Step each : steps) {
            if (each.point().isObserved()) {
                double[] sum = sums.computeIfAbsent(each.point().from().truncatedTo(ChronoUnit.DAYS),
                        _ -> new double[2]);
                sum[0] += each.point().count();
                sum[1] += (double) step.toSeconds() / DAY.toSeconds();
            }
        }
        List<Report.UseDay> days = new ArrayList<>();
        for (Instant day = from; day.isBefore(now); day = day.plus(DAY)) {
            double[] sum = sums.getOrDefault(day, new double[2]);
            days.add(new Report.UseDay(day, sum[0], Math.min(1, sum[1])));
        }
        return days;
    }

    private static Report.IncidentPlot plot(
            KeySettings key, Incident incident, List<UsePlot.Step> steps, Duration step, Instant now) {
        Instant begin = incident.anomaly().onset().minus(AROUND);
        Instant end = incident.resolved().orElse(now).plus(AROUND);
        UseSeriesTable.Incident wire = AlertReading.wire(key.name(), incident);
        return new Report.IncidentPlot(wire, new UseSeriesTable(key.name().value(), step, steps.stream()
                .filter(s -> !s.point().from().isBefore(begin) && s.point().from().isBefore(end))
                .map(AlertReading::point).toList(), List.of(wire)));
    }

    private static Report.Turn turn(Rotation rotation) {
        return new Report.Turn(rotation.id(), WireVersions.word(rotation.trigger()),
                WireVersions.word(rotation.state()),
                rotation.reason().sentence(), rotation.began().wall(), rotation.since().wall());
    }
}
