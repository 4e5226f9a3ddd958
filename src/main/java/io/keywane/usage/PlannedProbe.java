package io.keywane.usage;

import io.keywane.key.Moment;

import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * When a version is to be probed next in one group. There always is a next time: the budget may put it off, never away.
 *
 * @param at when it is to be sent
 * @param why why just then
 * @param period the pause between two such probes where nothing comes between
 * @param obstacle what stands between this cadence and a proof of silence; only for a version whose silence is to be proven
 */
public record PlannedProbe(Moment at, ProbeReason why, Duration period, Optional<ProofObstacle> obstacle) {
    public PlannedProbe {
        requireNonNull(at, "at is null");
        requireNonNull(why, "why is null");
        requireNonNull(period, "period is null");
        requireNonNull(obstacle, "obstacle is null");
    }

    /** The same with an obstacle that lies outside the plan. */
    public PlannedProbe with(ProofObstacle other) {
        return new PlannedProbe(at, why, period, Optional.of(other));
    }
}
