package io.keywane.control;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Whether the audit's hash chain holds. Replied with {@link ExitCode#PROBLEMS_FOUND} where it does not.
 *
 * @param intact whether every line follows from the one before
 * @param lines how many lines were checked
 * @param head hash of the last line checked; empty where there is none
 * @param firstBroken sequence number of the first line that does not fit
 */
public record AuditVerification(boolean intact, long lines, Optional<String> head, Optional<Long> firstBroken)
        implements
            ControlResult {
    public AuditVerification {
        requireNonNull(head, "head is null");
        requireNonNull(firstBroken, "firstBroken is null");
    }
}
