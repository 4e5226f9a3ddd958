package io.keywane.usage.sim;

import java.util.List;
import java.util.Optional;

/**
 * One history of a key as drawn from a seed.
 *
 * @param broken the assumption that it breaks, if it breaks one
 * @param duration how long it lasts, in seconds
 * @param quietPeriod how long the key must be silent before it is flagged
 * @param groups the limiter groups
 * @param serverClock the server's clock, which its Date shows
 */
record Scenario(
        long seed,
        Optional<Assumption> broken,
        double duration,
        double quietPeriod,
        List<GroupPlan> groups,
        ClockPlan serverClock,
        HostPlan host,
        NetworkPlan network,
        Conduct conduct) {
    Scenario {
        groups = List.copyOf(groups);
    }

    /** The whole scenario in words, for the trace of a failure. */
    String words() {
        StringBuilder words = new StringBuilder(String.format("seed %d, %s: %.0f s, quiet period %.0f s%n", seed,
                broken.map(Assumption::toString).orElse("all assumptions hold"), duration, quietPeriod));
        words.append(String.format("  server clock %s%n  host %s%n  network %s%n  %s%n", serverClock, host, network,
                conduct));
        for (GroupPlan group : groups) {
            words.append(String.format("  group %s%s, windows known: %s, limiter's clock %s%n    %s%n", group.name(),
                    group.watched() ? "" : " (not watched)", group.knowledge(), group.limiterClock(),
                    group.limiter()));
            group.consumers().forEach(consumer -> words.append(String.format("    %s%n", consumer)));
        }
        return words.toString();
    }
}
