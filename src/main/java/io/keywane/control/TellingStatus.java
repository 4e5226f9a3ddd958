package io.keywane.control;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How far the command came that tells consumers of the latest publication.
 *
 * @param program the command's program
 * @param told whether it succeeded
 * @param at since when that is so, or when it was last tried
 * @param vain how many runs did not succeed
 * @param detail why the last one did not
 */
public record TellingStatus(String program, boolean told, Instant at, int vain, Optional<String> detail) {
    public TellingStatus {
        requireNonNull(program, "program is null");
        requireNonNull(at, "at is null");
        requireNonNull(detail, "detail is null");
    }
}
