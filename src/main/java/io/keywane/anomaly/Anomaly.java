package io.keywane.anomaly;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * One incident in a series, as seen when it was last looked at.
 *
 * @param kind what is unusual
 * @param grade how soon a person should look
 * @param onset when it began, by the detector's best knowledge; never after the point that showed it
 * @param expected what the series would have been, in its own unit
 * @param actual what it was
 * @param confidence 0 to 1: how far beyond the alarm threshold the evidence reached
 */
public record Anomaly(
        AnomalyKind kind, Grade grade, Instant onset, double expected, double actual, double confidence) {
    public Anomaly {
        requireNonNull(kind, "kind is null");
        requireNonNull(grade, "grade is null");
        requireNonNull(onset, "onset is null");
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be from 0 to 1");
        }
    }

    /** How many times the expected it was; infinite where nothing was expected. */
    public double ratio() {
        return actual / expected;
    }

    /** From the floor of its grade upwards: above the alarm threshold of 0.5 in any case. */
    public double score() {
        return grade.floor() + 0.19 * confidence;
    }
}
