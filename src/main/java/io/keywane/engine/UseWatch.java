package io.keywane.engine;

import io.keywane.alert.Incident;
import io.keywane.anomaly.Anomaly;
import io.keywane.anomaly.AnomalyDetector;
import io.keywane.anomaly.Grade;
import io.keywane.anomaly.Verdict;
import io.keywane.usage.SeriesPoint;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UseSeries;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Watches the use of one key: its series over all versions goes through the detector, and what that finds becomes
 * incidents. Its text is the whole of what it knows, so that a restart is no cold start. Guarded by its
 * {@link KeyWatcher}.
 */
final class UseWatch {
    private static final Duration SHORTEST_STEP = Duration.ofMinutes(1);
    private static final Duration SAVED = Duration.ofMinutes(15);
    /** A notice is reported once, and stands for so long. */
    private static final Duration NOTICE = Duration.ofHours(24);
    private static final int KEPT = 200;

    private final Duration step;
    private final Duration calm;
    private final UseSeries series;
    private final Deque<Incident> past = new ArrayDeque<>();
    private AnomalyDetector detector = new AnomalyDetector();
    private @Nullable Incident latest;
    private @Nullable Instant judged;
    private @Nullable Instant saved;
    private boolean changed;

    /**
     * @param interval how often the key is probed
     * @param calm how long use must be usual again until an incident is over
     */
    UseWatch(Duration interval, Duration calm) {
        this.step = stepOf(interval);
        this.calm = calm;
        this.series = new UseSeries(step);
    }

    /** The step of the series: a minute, or longer where probes are rarer. */
    static Duration stepOf(Duration interval) {
        return interval.compareTo(SHORTEST_STEP) > 0 ? interval : SHORTEST_STEP;
    }

    void take(UsagePoint point) {
        series.take(point).forEach(this::judge);
    }

    private void judge(SeriesPoint point) {
        if (judged != null && !point.from().isAfter(judged)) {
            return;
        }
        judged = point.from();
        if (!point.isObserved()) {
            return;
        }
        Verdict verdict = detector.observe(point.from(), point.count());
        Incident before = latest;
        if (verdict.isNew()) {
            begin(verdict.incident().orElseThrow(), point.from());
        } else if (before != null) {
            latest = goOn(before, verdict, point);
            changed = changed || latest.isOpen() != before.isOpen();
        }
    }

    private void begin(Anomaly anomaly, Instant at) {
        Incident before = latest;
        if (before != null) {
            past.add(before.isOpen() ? before.usual(at, Duration.ZERO) : before);
        }
        while (past.size() > KEPT) {
            past.removeFirst();
        }
        latest = Incident.begins(anomaly, at);
        changed = true;
    }

    private Incident goOn(Incident incident, Verdict verdict, SeriesPoint point) {
        Optional<Anomaly> now = verdict.incident();
        if (now.isPresent() && !incident.isUsual(point.count())) {
            return incident.unusual(now.get(), point.from());
        }
        boolean isNotice = incident.anomaly().grade() == Grade.NOTICE;
        return incident.usual(point.from(), isNotice ? NOTICE : calm);
    }

    /** The incident that is open, or the latest that was. */
    Optional<Incident> latest() {
        return Optional.ofNullable(latest);
    }

    /** All incidents that are remembered, oldest first. */
    List<Incident> incidents() {
        List<Incident> all = new ArrayList<>(past);
        latest().ifPresent(all::add);
        return all;
    }

    Duration step() {
        return step;
    }

    /** The text of all that is known, if it is time to keep it: after a change, and every quarter of an hour. */
    Optional<String> toSave() {
        Instant now = judged;
        Instant before = saved;
        if (now == null || (!changed && before != null && now.isBefore(before.plus(SAVED)))) {
            return Optional.empty();
        }
        return Optional.of(text(now));
    }

    /** What {@link #toSave} gave is kept. */
    void saved() {
        saved = judged;
        changed = false;
    }

    private String text(Instant now) {
        StringBuilder text = new StringBuilder("1 ").append(step.toSeconds()).append(' ').append(now).append(' ')
                .append(Base64.getEncoder().encodeToString(detector.snapshot())).append('\n');
        incidents().forEach(incident -> text.append(IncidentText.write(incident)).append('\n'));
        return text.toString();
    }

    /** Takes up what another run kept; a detector of another step is of no use and begins anew. */
    void restore(String text) {
        List<String> lines = text.lines().toList();
        String[] head = lines.getFirst().split(" ", -1);
        if (head.length != 4 || !head[0].equals("1")) {
            throw new IllegalArgumentException("what was kept of a key's use has an unknown format");
        }
        if (Long.parseLong(head[1]) == step.toSeconds()) {
            detector = AnomalyDetector.restore(Base64.getDecoder().decode(head[3]));
            judged = Instant.parse(head[2]);
            saved = judged;
            series.skipTo(judged);
        }
        lines.stream().skip(1).map(IncidentText::read).forEach(past::add);
        latest = past.pollLast();
    }

    /** Up to which time the series was judged. */
    Optional<Instant> judged() {
        return Optional.ofNullable(judged);
    }
}
