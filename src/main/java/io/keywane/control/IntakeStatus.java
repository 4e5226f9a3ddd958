package io.keywane.control;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where a rotation that waits for its key takes it from by itself, and what was found there.
 *
 * @param source the place in words
 * @param finding what was found, a word of a closed list, such as {@code nothing} or {@code unusable}
 * @param sentence the same for people
 * @param detail more of it
 * @param lookedAt when that was
 */
public record IntakeStatus(
        String source, String finding, String sentence, Optional<String> detail, Optional<Instant> lookedAt) {
    public IntakeStatus {
        requireNonNull(source, "source is null");
        requireNonNull(finding, "finding is null");
        requireNonNull(sentence, "sentence is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(lookedAt, "lookedAt is null");
    }
}
