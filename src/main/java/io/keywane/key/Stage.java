package io.keywane.key;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where one version of a managed key stands on its road from intake to revocation.
 *
 * <p>Exactly one version of a key is {@link #CURRENT}. {@link #successors()} is the whole list of legal moves; nothing
 * else changes a stage. docs/architecture.md maps these to NIST SP 800-57 states and to AWS labels.
 */
public enum Stage {
    /** Taken in and stored, not yet proven. */
    CANDIDATE,
    /** An authenticated success was seen with the value as read back from the store. */
    VERIFIED,
    /** What consumers read. */
    CURRENT,
    /** Live at the vendor but no longer to be used; its drain is watched. */
    RETIRING,
    /** Proven silent for the quiet period, or waived. */
    DRAINED,
    /** A person is asked to revoke it. */
    FLAGGED,
    /** Confirmed refused by the API; never probed again, never current again. */
    REVOKED;

    /** The stages that may follow this one. */
    public Set<Stage> successors() {
        return switch (this) {
            case CANDIDATE -> EnumSet.of(VERIFIED, RETIRING);
            case VERIFIED -> EnumSet.of(CURRENT, RETIRING);
            case CURRENT -> EnumSet.of(RETIRING);
            case RETIRING -> EnumSet.of(DRAINED, CURRENT, REVOKED);
            case DRAINED -> EnumSet.of(FLAGGED, RETIRING, CURRENT, REVOKED);
            case FLAGGED -> EnumSet.of(RETIRING, CURRENT, REVOKED);
            case REVOKED -> EnumSet.noneOf(Stage.class);
        };
    }

    /** Whether the vendor still honours a key in this stage as far as we know, so that its use must be watched. */
    public boolean isLeaving() {
        return this == RETIRING || this == DRAINED || this == FLAGGED;
    }
}
