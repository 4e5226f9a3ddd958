package io.keywane.rotation;

import io.keywane.key.VersionId;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A named person accepts that one gate is not proven. It stands in the audit and in the evidence of the flag.
 *
 * @param version the version for which it is accepted; empty: those of the rotation that it stands with
 */
public record Waiver(Gate gate, String actor, String reason, Instant at, Optional<VersionId> version) {
    public Waiver {
        requireNonNull(gate, "gate is null");
        requireNonNull(actor, "actor is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(at, "at is null");
        requireNonNull(version, "version is null");
        if (actor.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a waiver needs an actor and a reason");
        }
    }

    /** For the versions of a rotation. */
    public Waiver(Gate gate, String actor, String reason, Instant at) {
        this(gate, actor, reason, at, Optional.empty());
    }

    /** The same for one version. */
    Waiver of(VersionId one) {
        return new Waiver(gate, actor, reason, at, Optional.of(one));
    }
}
