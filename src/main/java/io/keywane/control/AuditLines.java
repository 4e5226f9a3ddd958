package io.keywane.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** The last lines of the audit, oldest first. */
public record AuditLines(List<Line> lines) implements ControlResult {
    public AuditLines {
        lines = List.copyOf(lines);
    }

    /**
     * One line: who did or decided what, to which key, and why.
     *
     * @param sequence place in the chain, from 1
     * @param at when
     * @param actor who
     * @param action what was done
     * @param key to which managed key
     * @param reason why
     * @param requestId of the operator's request
     * @param details before and after, versions, outcome
     * @param hash of the chain up to this line
     */
    public record Line(
            long sequence,
            Instant at,
            String actor,
            String action,
            Optional<String> key,
            String reason,
            Optional<String> requestId,
            Map<String, String> details,
            String hash) {
        public Line {
            requireNonNull(at, "at is null");
            requireNonNull(actor, "actor is null");
            requireNonNull(action, "action is null");
            requireNonNull(key, "key is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(requestId, "requestId is null");
            details = Map.copyOf(details);
            requireNonNull(hash, "hash is null");
        }
    }
}
