package io.keywane.rotation;

import io.keywane.usage.ProofPolicy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What an organisation asks of the rotations of one key.
 *
 * @param maxAge rotate when the current version is older; empty: never because of age
 * @param approvalRequired whether a person approves each promotion
 * @param propagationDelay how long consumers may take to read a newly published key
 * @param quiet how long the old key must be silent before it is flagged
 * @param switchShare the share of the old key's load that the new key must carry, 0 to 1
 * @param verifyPatience how long a new key that is refused is tried again (a vendor may accept it with a delay)
 * @param proof what counts as silence beyond what is certain
 * @param windows when a new key may be promoted; empty: at any time
 */
public record RotationPolicy(
        Optional<Duration> maxAge,
        boolean approvalRequired,
        Duration propagationDelay,
        QuietPolicy quiet,
        double switchShare,
        Duration verifyPatience,
        ProofPolicy proof,
        List<PromotionWindow> windows) {
    public RotationPolicy {
        requireNonNull(maxAge, "maxAge is null");
        requireNonNull(propagationDelay, "propagationDelay is null");
        requireNonNull(quiet, "quiet is null");
        requireNonNull(verifyPatience, "verifyPatience is null");
        requireNonNull(proof, "proof is null");
        windows = List.copyOf(windows);
        if (maxAge.filter(age -> age.isNegative() || age.isZero()).isPresent()) {
            throw new IllegalArgumentException("max_age must be above 0");
        }
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
            QuietPolicy quiet,
            double switchShare,
            Duration verifyPatience) {
        this(maxAge, approvalRequired, propagationDelay, quiet, switchShare, verifyPatience, ProofPolicy.STRICT,
                List.of());
    }

    /** Whether a promotion may happen at this time. */
    boolean isOpen(Instant time) {
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(time));
    }

    /** When a promotion may happen next; empty where it may at any time. */
    public Optional<Instant> nextWindow(Instant time) {
        return windows.stream().map(window -> window.next(time)).min(Instant::compareTo);
    }
}
