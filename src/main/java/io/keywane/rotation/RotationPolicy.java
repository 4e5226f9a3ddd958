package io.keywane.rotation;

import io.keywane.usage.ProofPolicy;

import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What an organisation asks of the rotations of one key.
 *
 * @param maxAge rotate when the current version is older; empty: never because of age
 * @param approvalRequired whether a person approves each promotion
 * @param propagationDelay how long consumers may take to read a newly published key
 * @param quietPeriod how long the old key must be silent before it is flagged
 * @param switchShare the share of the old key's load that the new key must carry, 0 to 1
 * @param verifyPatience how long a new key that is refused is tried again (a vendor may accept it with a delay)
 * @param proof what counts as silence beyond what is certain
 */
public record RotationPolicy(
        Optional<Duration> maxAge,
        boolean approvalRequired,
        Duration propagationDelay,
        Duration quietPeriod,
        double switchShare,
        Duration verifyPatience,
        ProofPolicy proof) {
    public RotationPolicy {
        requireNonNull(maxAge, "maxAge is null");
        requireNonNull(propagationDelay, "propagationDelay is null");
        requireNonNull(quietPeriod, "quietPeriod is null");
        requireNonNull(verifyPatience, "verifyPatience is null");
        requireNonNull(proof, "proof is null");
        maxAge.ifPresent(age -> positive("max_age", age));
        positive("quiet_period", quietPeriod);
        if (propagationDelay.isNegative() || verifyPatience.isNegative()) {
            throw new IllegalArgumentException("propagation_delay and verify_patience must not be negative");
        }
        if (!(switchShare >= 0 && switchShare <= 1)) {
            throw new IllegalArgumentException("switch_share must be from 0 to 1, is " + switchShare);
        }
    }

    /** A policy that takes for silence only what is certain. */
    public RotationPolicy(
            Optional<Duration> maxAge,
            boolean approvalRequired,
            Duration propagationDelay,
            Duration quietPeriod,
            double switchShare,
            Duration verifyPatience) {
        this(maxAge, approvalRequired, propagationDelay, quietPeriod, switchShare, verifyPatience, ProofPolicy.STRICT);
    }

    private static void positive(String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(field + " must be above 0");
        }
    }
}
