package io.keywane.engine;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Who asks for a change, why, and under which request id.
 *
 * @param asked what is asked: a verb and a keyed digest of its arguments, so that a repeat is told from another request
 */
public record Operator(String actor, String reason, Optional<String> requestId, Optional<String> asked) {
    /** One whose request is known by its id alone. */
    public Operator(String actor, String reason, Optional<String> requestId) {
        this(actor, reason, requestId, Optional.empty());
    }

    public Operator {
        requireNonNull(actor, "actor is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(requestId, "requestId is null");
        requireNonNull(asked, "asked is null");
    }
}
