package io.keywane.store;

import java.time.Duration;
import java.time.Instant;

/** A token of the stand-in for Vault; a life of zero does not end. */
final class VaultToken {
    final VaultPolicies policies;
    final boolean renewable;
    final Duration life;
    Instant ends;

    VaultToken(VaultPolicies policies, Duration life, boolean renewable, Instant now) {
        this.policies = policies;
        this.life = life;
        this.renewable = renewable;
        this.ends = life.isZero() ? Instant.MAX : now.plus(life);
    }
}
