package io.keywane.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is durable of a key's intake in one rotation.
 *
 * @param rotation the rotation's id
 * @param requestId what an issuer is asked with, the same for every try
 * @param refused the fingerprint of a key that was refused, so that it is not tried again
 * @param stopped whether nothing more is asked in this rotation
 * @param finding what was found last
 * @param detail more of it; shows no key
 */
record IntakeNote(
        String rotation,
        String requestId,
        Optional<String> refused,
        boolean stopped,
        IntakeFinding finding,
        String detail) {
    private static final int FIELDS = 6;

    IntakeNote {
        requireNonNull(rotation, "rotation is null");
        requireNonNull(requestId, "requestId is null");
        requireNonNull(refused, "refused is null");
        requireNonNull(finding, "finding is null");
        requireNonNull(detail, "detail is null");
    }

    static IntakeNote fresh(String rotation, String requestId) {
        return new IntakeNote(rotation, requestId, Optional.empty(), false, IntakeFinding.NOT_LOOKED, "");
    }

    IntakeNote found(IntakeFinding what, String more) {
        return new IntakeNote(rotation, requestId, refused, stopped, what, more);
    }

    IntakeNote refusing(String fingerprint, IntakeFinding what, String more, boolean stop) {
        return new IntakeNote(rotation, requestId, Optional.of(fingerprint), stop, what, more);
    }

    IntakeNote stop() {
        return new IntakeNote(rotation, requestId, refused, true, finding, detail);
    }

    String text() {
        return String.join(" ", rotation, requestId, refused.orElse("-"), String.valueOf(stopped), finding.name(),
                "." + Base64.getEncoder().encodeToString(detail.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads what {@link #text} wrote; empty where it cannot be read, or tells of another rotation. */
    static Optional<IntakeNote> read(String text, String rotation) {
        String[] fields = text.split(" ", -1);
        if (fields.length != FIELDS || !fields[0].equals(rotation)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IntakeNote(fields[0], fields[1],
                    Optional.of(fields[2]).filter(field -> !field.equals("-")), Boolean.parseBoolean(fields[3]),
                    IntakeFinding.valueOf(fields[4]),
                    new String(Base64.getDecoder().decode(fields[5].substring(1)), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }
}
