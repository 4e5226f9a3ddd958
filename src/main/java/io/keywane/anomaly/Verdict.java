package io.keywane.anomaly;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What the detector says of one point.
 *
 * @param incident the incident that is under way, if any
 * @param isNew whether it begins to be reported with this point; true once for each incident
 */
public record Verdict(Optional<Anomaly> incident, boolean isNew) {
    /** Nothing unusual. */
    public static final Verdict QUIET = new Verdict(Optional.empty(), false);

    public Verdict {
        requireNonNull(incident, "incident is null");
        if (isNew && incident.isEmpty()) {
            throw new IllegalArgumentException("a new incident is missing");
        }
    }

    static Verdict begins(Anomaly anomaly) {
        return new Verdict(Optional.of(anomaly), true);
    }

    static Verdict goesOn(Anomaly anomaly) {
        return new Verdict(Optional.of(anomaly), false);
    }

    /** 0 to 1, where 0.5 is the alarm threshold; only the first point of an incident is above 0. */
    public double score() {
        return isNew ? incident.map(Anomaly::score).orElse(0.0) : 0;
    }
}
