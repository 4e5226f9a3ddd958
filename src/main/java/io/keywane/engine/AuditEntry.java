package io.keywane.engine;

import io.keywane.key.KeyName;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One line of the audit: who did or decided what, to which key, and why. Holds no key bytes.
 *
 * @param at when
 * @param actor {@code uid:NAME} of an operator, or {@code keywane} for the daemon itself
 * @param action what was done: a verb or a decision, lower case with dots ({@code rotation.supply})
 * @param key the managed key, if it concerns one
 * @param reason the operator's words, or the reason word of the decision
 * @param requestId the operator's request id, if given
 * @param details before and after, versions, outcome
 */
public record AuditEntry(
        Instant at,
        String actor,
        String action,
        Optional<KeyName> key,
        String reason,
        Optional<String> requestId,
        Map<String, String> details) {
    /** The actor of what the daemon decides by itself. */
    public static final String DAEMON = "keywane";

    /** Under which name a line keeps what its request asked. */
    private static final String ASKED = "asked";

    public AuditEntry {
        requireNonNull(at, "at is null");
        requireNonNull(actor, "actor is null");
        requireNonNull(action, "action is null");
        requireNonNull(key, "key is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(requestId, "requestId is null");
        details = Map.copyOf(details);
    }

    /** What the operator's request asked; empty where the line does not say. */
    Optional<String> asked() {
        return Optional.ofNullable(details.get(ASKED));
    }

    /** This line with what the operator's request asked. */
    AuditEntry asking(String asked) {
        Map<String, String> more = new HashMap<>(details);
        more.put(ASKED, asked);
        return new AuditEntry(at, actor, action, key, reason, requestId, more);
    }
}
