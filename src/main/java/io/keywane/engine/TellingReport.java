package io.keywane.engine;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How far the command came that tells consumers of the latest publication.
 *
 * @param program the command's program
 * @param isTold whether it succeeded
 * @param at since when that is so, or when it was last tried
 * @param vain how many runs did not succeed
 * @param failingSince when the first of them ended
 * @param detail why the last one did not succeed, or empty; shows no key
 */
public record TellingReport(
        String program, boolean isTold, Instant at, int vain, Optional<Instant> failingSince, String detail) {
    public TellingReport {
        requireNonNull(program, "program is null");
        requireNonNull(at, "at is null");
        requireNonNull(failingSince, "failingSince is null");
        requireNonNull(detail, "detail is null");
    }
}
