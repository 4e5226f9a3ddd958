package io.keywane.usage.sim;

import java.util.List;

/**
 * One limiter group with its users.
 *
 * @param watched whether Keywane knows of the group
 * @param limiterClock how far the limiter's clock is from the server's Date
 * @param knowledge what Keywane knows of the windows
 */
record GroupPlan(
        String name,
        LimiterPlan limiter,
        List<Consumer> consumers,
        boolean watched,
        ClockPlan limiterClock,
        Knowledge knowledge) {
    /** What Keywane knows of the windows. */
    enum Knowledge {
        /** The truth, as calibration or an honest operator has it. */
        TRUE,
        /** All but what Reset means. */
        NO_RESET,
        /** Nothing. */
        NONE,
        /** Buckets are taken for an exact log: wrong. */
        EXACT
    }

    GroupPlan {
        consumers = List.copyOf(consumers);
    }
}
