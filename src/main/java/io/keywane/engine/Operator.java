package io.keywane.engine;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** Who asks for a change, why, and under which request id. */
public record Operator(String actor, String reason, Optional<String> requestId) {
    public Operator {
        requireNonNull(actor, "actor is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(requestId, "requestId is null");
    }
}
