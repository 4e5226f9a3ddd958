package io.keywane.daemon;

import io.keywane.control.GroupEvidence;
import io.keywane.control.Product;
import io.keywane.engine.Engine;
import io.keywane.engine.KeyReport;
import io.keywane.engine.Ports;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.page.StatusPage;
import io.keywane.page.StatusView;
import io.keywane.page.StatusView.Drain;
import io.keywane.page.StatusView.Step;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Rotation;
import io.keywane.usage.SeriesPoint;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UseSeries;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads what the status page shows. No store is asked, and the page is made at most once in two seconds, however often it is
 * loaded.
 */
final class PageReading {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration BEFORE = Duration.ofMinutes(5);
    /** Steps of a picture: the first with which it has no more than sixty. */
    private static final List<Duration> STEPS = Stream.of(10, 30, 60, 300, 600, 1_800, 3_600, 10_800)
            .map(Duration::ofSeconds).toList();
    private static final int MOST_STEPS = 60;

    private final Engine engine;
    private final Ports ports;
    private @Nullable Made made;

    PageReading(Engine engine, Ports ports) {
        this.engine = engine;
        this.ports = ports;
    }

    private record Made(Moment at, String html) {}

    synchronized String html() {
        Moment now = ports.clock().now();
        Made last = made;
        if (last == null || now.isAtLeastAfter(last.at(), FRESH)) {
            last = new Made(now, StatusPage.html(view(now.wall())));
            made = last;
        }
        return last.html();
    }

    private StatusView view(Instant now) {
        ports.history().flush();
        return new StatusView(now, Product.version(), new AlertReading(engine, ports).list().alerts(),
                engine.keys().stream().sorted().flatMap(name -> engine.lastReport(name).stream())
                        .map(report -> key(report, now)).toList(),
                new ReportReading(engine, ports).wallets(
                        now.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS), now));
    }

    private StatusView.Key key(KeyReport report, Instant now) {
        return new StatusView.Key(WireVersions.summary(report), StatusReading.of(report),
                report.state().leaving().stream().map(version -> drain(report, version, now)).toList());
    }

    private Drain drain(KeyReport report, KeyVersion version, Instant now) {
        Optional<Rotation> rotation = report.state().rotation()
                .filter(r -> r.oldVersion().filter(version.id()::equals).isPresent());
        Instant began = rotation.map(Rotation::began).orElse(version.since()).wall();
        Duration wanted = Duration.between(began, now).abs().plus(BEFORE);
        Duration span = wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
        Duration step = STEPS.stream().filter(s -> span.dividedBy(s) < MOST_STEPS).findFirst()
                .orElse(STEPS.getLast());
        List<UsagePoint> points = ports.history().usage(report.settings().name(), now.minus(span));
        Map<Instant, Double> leaving = series(points, version.id(), step);
        Map<Instant, Double> current = report.state().current().map(serving -> series(points, serving.id(), step))
                .orElse(Map.of());
        return new Drain(version.id().brief(), step, rotation.flatMap(Rotation::published).map(Moment::wall),
                silentSince(report, version), steps(leaving, current, step));
    }

    /** From the first that was observed to the last, with those between that were not. */
    private static List<Step> steps(Map<Instant, Double> leaving, Map<Instant, Double> current, Duration step) {
        TreeSet<Instant> observed = new TreeSet<>(leaving.keySet());
        observed.addAll(current.keySet());
        List<Step> steps = new ArrayList<>();
        if (!observed.isEmpty()) {
            for (Instant from = observed.first(); !from.isAfter(observed.last()); from = from.plus(step)) {
                steps.add(new Step(from, Optional.ofNullable(leaving.get(from)),
                        Optional.ofNullable(current.get(from))));
            }
        }
        return steps;
    }

    /** A step that was not observed is not in it. */
    private static Map<Instant, Double> series(List<UsagePoint> points, VersionId version, Duration step) {
        UseSeries series = new UseSeries(step);
        Map<Instant, Double> counts = new TreeMap<>();
        points.stream().filter(point -> point.version().equals(version))
                .flatMap(point -> series.take(point).stream()).filter(SeriesPoint::isObserved)
                .forEach(point -> counts.put(point.from(), point.count()));
        return counts;
    }

    /** Since when every group is silent. */
    private static Optional<Instant> silentSince(KeyReport report, KeyVersion version) {
        List<Optional<Instant>> groups = WireVersions.evidence(report).stream()
                .filter(evidence -> evidence.versionBrief().equals(version.id().brief()))
                .map(GroupEvidence::silentSince).toList();
        return groups.stream().allMatch(Optional::isPresent)
                ? groups.stream().flatMap(Optional::stream).max(Comparator.naturalOrder())
                : Optional.empty();
    }
}
