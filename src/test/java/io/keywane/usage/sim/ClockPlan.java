package io.keywane.usage.sim;

import java.util.List;

/**
 * A wall clock as drawn: how far it is off, how it drifts, and how it is set in between.
 *
 * @param skew seconds ahead at the begin
 * @param drift seconds gained in a second
 * @param steps how it is set
 */
record ClockPlan(double skew, double drift, List<Step> steps) {
    /** The clock is set at a time by so many seconds. */
    record Step(double at, double by) {
        @Override
        public String toString() {
            return String.format("%+.1fs at %.0f", by, at);
        }
    }

    ClockPlan {
        steps = List.copyOf(steps);
    }

    /** What the clock shows at a true time, counted from the scenario's begin. */
    double at(double time) {
        double shown = time + skew + drift * time;
        for (Step step : steps) {
            shown += time >= step.at() ? step.by() : 0;
        }
        return shown;
    }

    /** Whether the clock is never set. */
    boolean isEven() {
        return steps.isEmpty();
    }
}
