package io.keywane.alert;

import io.keywane.anomaly.Anomaly;
import io.keywane.anomaly.AnomalyKind;
import io.keywane.anomaly.Grade;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One span of trouble in the use of a key, from its onset until use is usual again: what an alert is about.
 *
 * @param anomaly what was seen, at its clearest
 * @param detected the step that showed it
 * @param lastUnusual the latest step that was unusual
 * @param strange how many steps in a row are unusual since it was resolved; 0 while it is open
 * @param resolved when it was over
 */
public record Incident(
        Anomaly anomaly, Instant detected, Instant lastUnusual, int strange, Optional<Instant> resolved) {
    /** So many unusual steps in a row open a resolved incident again; fewer are its echo. */
    private static final int RETURNS = 3;

    public Incident {
        requireNonNull(anomaly, "anomaly is null");
        requireNonNull(detected, "detected is null");
        requireNonNull(lastUnusual, "lastUnusual is null");
        requireNonNull(resolved, "resolved is null");
    }

    /** The incident that begins. */
    public static Incident begins(Anomaly anomaly, Instant at) {
        return new Incident(anomaly, at, at, 0, Optional.empty());
    }

    public boolean isOpen() {
        return resolved.isEmpty();
    }

    /** A step like before the incident; it is resolved once all of {@code calm} was like that. */
    public Incident usual(Instant at, Duration calm) {
        boolean over = isOpen() && !at.isBefore(lastUnusual.plus(calm));
        return new Incident(anomaly, detected, lastUnusual, 0, over ? Optional.of(at) : resolved);
    }

    /** Another unusual step of the same trouble; if it was resolved and this lasts, it is open again. */
    public Incident unusual(Anomaly now, Instant at) {
        if (!isOpen() && strange + 1 < RETURNS) {
            return new Incident(anomaly, detected, lastUnusual, strange + 1, resolved);
        }
        boolean clearer = now.confidence() >= anomaly.confidence() || now.kind() != anomaly.kind();
        Anomaly kept = clearer
                ? new Anomaly(now.kind(), now.grade(), anomaly.onset(), now.expected(), now.actual(), now.confidence())
                : anomaly;
        return new Incident(kept, detected, at, 0, Optional.empty());
    }

    /** Which alert stands for it. */
    public AlertName alert() {
        if (anomaly.grade() == Grade.NOTICE) {
            return AlertName.USAGE_RISING;
        }
        return switch (anomaly.kind()) {
            case SPIKE, LEVEL_SHIFT, UNUSUAL_HOURS -> AlertName.USAGE_SPIKE;
            case SLOW_LEAK -> AlertName.USAGE_RISING;
            case DROP, SILENCE -> AlertName.USAGE_SILENT;
        };
    }

    /** Whether a count is on the usual side of what this incident is about. */
    public boolean isUsual(double count) {
        AnomalyKind kind = anomaly.kind();
        return switch (kind) {
            case SPIKE, LEVEL_SHIFT, UNUSUAL_HOURS, SLOW_LEAK ->
                count <= anomaly.expected() + Math.max(3, (anomaly.actual() - anomaly.expected()) / 4);
            case DROP, SILENCE -> count > 0 && count >= anomaly.expected() / 4;
        };
    }

    /**
     * In words, with the figures.
     *
     * @param perMinute steps in a minute: counts are told by the minute
     */
    public String sentence(double perMinute) {
        return String.format(Locale.ROOT,
                "%s since %s: %s requests a minute by others, %s expected%s; confidence %.0f %%",
                anomaly.kind().sentence(), anomaly.onset(), figure(anomaly.actual() * perMinute),
                figure(anomaly.expected() * perMinute), times(), 100 * anomaly.confidence());
    }

    private String times() {
        double ratio = anomaly.ratio();
        return Double.isFinite(ratio) && ratio >= 1 && ratio < 1_000
                ? String.format(Locale.ROOT, " (%.1f times)", ratio)
                : "";
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }
}
