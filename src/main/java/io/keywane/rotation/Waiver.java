package io.keywane.rotation;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/** A named person accepts that one gate is not proven. It stands in the audit and in the evidence of the flag. */
public record Waiver(Gate gate, String actor, String reason, Instant at) {
    public Waiver {
        requireNonNull(gate, "gate is null");
        requireNonNull(actor, "actor is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(at, "at is null");
        if (actor.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a waiver needs an actor and a reason");
        }
    }
}
