package io.keywane.sandbox;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * Where requests are counted.
 *
 * @param nodes how many counters there are, 1 to 64; 1 exactly where the placement is {@link Placement#ONE}
 * @param lag how long until a counted request shows in answers to other requests, and stands in their way; it is then
 *     counted as of that time. The answer to a request itself knows of it at once
 */
public record Topology(Placement placement, int nodes, Duration lag) {
    private static final int MOST_NODES = 64;
    private static final Duration LONGEST_LAG = Duration.ofHours(1);

    /** One counter that knows everything at once. */
    public static final Topology ONE = new Topology(Placement.ONE, 1, Duration.ZERO);

    public Topology {
        requireNonNull(placement, "placement is null");
        requireNonNull(lag, "lag is null");
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new IllegalArgumentException("nodes " + nodes + " is not between 1 and " + MOST_NODES);
        }
        if ((placement == Placement.ONE) != (nodes == 1)) {
            throw new IllegalArgumentException("placement " + placement + " does not go with nodes " + nodes);
        }
        if (lag.isNegative() || lag.compareTo(LONGEST_LAG) > 0) {
            throw new IllegalArgumentException("lag " + lag + " is not between zero and " + LONGEST_LAG);
        }
    }
}
