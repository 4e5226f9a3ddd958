package io.keywane.usage;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * Others' use of one managed key in one step of time, over all its versions and groups.
 *
 * @param from begin of the step, by the wall clock
 * @param count requests, a whole number; what is left of a fraction is carried into the next step
 * @param coverage share of the step that was observed of the group observed least, 0 to 1; at 0 the count says nothing
 */
public record SeriesPoint(Instant from, double count, double coverage) {
    /** The share from which a count is taken for the whole step's. */
    private static final double ENOUGH = 0.5;

    public SeriesPoint {
        requireNonNull(from, "from is null");
        if (!(count >= 0 && coverage >= 0 && coverage <= 1)) {
            throw new IllegalArgumentException("need count >= 0 and coverage from 0 to 1");
        }
    }

    /** Whether enough was observed to say something of the step. */
    public boolean isObserved() {
        return coverage >= ENOUGH;
    }
}
