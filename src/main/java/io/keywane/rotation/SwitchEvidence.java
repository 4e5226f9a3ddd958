package io.keywane.rotation;

import io.keywane.usage.LoadRate;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How the load moved: what others did with the leaving version before it was replaced, and with the current one now.
 *
 * @param before the leaving version's use up to its replacement
 * @param now the current version's use of late
 */
public record SwitchEvidence(LoadRate before, LoadRate now) {
    public static final SwitchEvidence NONE = new SwitchEvidence(LoadRate.UNKNOWN, LoadRate.UNKNOWN);

    /** The least share of the time that must have been observed for a rate to count. */
    private static final double LEAST_COVERAGE = 0.5;

    public SwitchEvidence {
        requireNonNull(before, "before is null");
        requireNonNull(now, "now is null");
    }

    /**
     * The share of the old load that the new key certainly carries; empty where it cannot be told: too little was
     * observed, or there was no load to move.
     */
    public Optional<Double> share() {
        if (before.coverage() < LEAST_COVERAGE || now.coverage() < LEAST_COVERAGE || before.loPerMinute() <= 0) {
            return Optional.empty();
        }
        return Optional.of(now.loPerMinute() / before.hiPerMinute());
    }
}
