package io.keywane.engine;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is known of the place from which a rotation that waits for its key takes it by itself.
 *
 * @param source the place in words
 * @param finding what was found there last
 * @param detail more of it, or empty; shows no key
 * @param lookedAt when that was
 */
public record IntakeReport(String source, IntakeFinding finding, String detail, Optional<Instant> lookedAt) {
    public IntakeReport {
        requireNonNull(source, "source is null");
        requireNonNull(finding, "finding is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(lookedAt, "lookedAt is null");
    }
}
