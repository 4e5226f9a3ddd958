package io.keywane.engine;

import io.keywane.alert.Incident;
import io.keywane.anomaly.Anomaly;
import io.keywane.anomaly.AnomalyKind;
import io.keywane.anomaly.Grade;

import java.time.Instant;
import java.util.Optional;

/** An incident as one line of the durable state. */
final class IncidentText {
    private static final int FIELDS = 10;
    private static final String NONE = "-";

    private IncidentText() {}

    static String write(Incident incident) {
        Anomaly anomaly = incident.anomaly();
        return String.join(" ", anomaly.kind().word(), anomaly.grade().name(), anomaly.onset().toString(),
                Double.toString(anomaly.expected()), Double.toString(anomaly.actual()),
                Double.toString(anomaly.confidence()), incident.detected().toString(),
                incident.lastUnusual().toString(), Integer.toString(incident.strange()),
                incident.resolved().map(Instant::toString).orElse(NONE));
    }

    static Incident read(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("an incident has " + fields.length + " fields and should have "
                    + FIELDS);
        }
        Anomaly anomaly = new Anomaly(kind(fields[0]), Grade.valueOf(fields[1]), Instant.parse(fields[2]),
                Double.parseDouble(fields[3]), Double.parseDouble(fields[4]), Double.parseDouble(fields[5]));
        return new Incident(anomaly, Instant.parse(fields[6]), Instant.parse(fields[7]), Integer.parseInt(fields[8]),
                fields[9].equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(fields[9])));
    }

    private static AnomalyKind kind(String word) {
        for (AnomalyKind kind : AnomalyKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown kind of anomaly \"" + word + "\"");
    }
}
