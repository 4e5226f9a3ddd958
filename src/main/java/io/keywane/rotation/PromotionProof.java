package io.keywane.rotation;

import io.keywane.key.Moment;

import java.time.Duration;
import java.util.Optional;

/** What a promotion, and the publication of a key, rest on: a success with that key of just now (I2). */
public final class PromotionProof {
    /** How old the success may be at the moment of the switch. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private PromotionProof() {}

    /** Whether a success is young enough; what was before a restart of the host never is. */
    public static boolean isFresh(Optional<Moment> success, Moment now) {
        return success.flatMap(now::elapsedSince).filter(age -> age.compareTo(LIFETIME) < 0).isPresent();
    }
}
