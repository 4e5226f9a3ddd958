package io.keywane.usage.sim;

import io.keywane.usage.ProofPolicy;

/**
 * How Keywane behaves in a scenario.
 *
 * @param aim when it probes
 * @param shareOfLimit what part of a limit its own requests may use
 * @param policy what it lets pass as proof
 */
record Conduct(Aim aim, double shareOfLimit, ProofPolicy policy) {
    /** When probes are sent; what an account concludes must be true whenever they are. */
    enum Aim {
        /** As the plan says. */
        PLAN,
        /** At any time. */
        RANDOM,
        /** Where an own request is just leaving a window. */
        EDGE
    }
}
