package io.keywane.engine;

import io.keywane.key.VersionId;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is durable of telling consumers about one publication.
 *
 * @param id the publication's, so that what belongs to a former one is not taken for this one's
 * @param version what was published
 * @param stage how far it came
 * @param vain how many runs for this version did not succeed
 * @param at when it came to this stage
 * @param failingSince when the first of them ended
 * @param detail why the last one did not succeed; shows no key
 */
record TellingNote(
        String id,
        VersionId version,
        Stage stage,
        int vain,
        Instant at,
        Optional<Instant> failingSince,
        String detail) {
    private static final int FIELDS = 7;

    /** How far it came. */
    enum Stage {
        DUE, RUNNING, TOLD
    }

    TellingNote {
        requireNonNull(id, "id is null");
        requireNonNull(version, "version is null");
        requireNonNull(stage, "stage is null");
        requireNonNull(at, "at is null");
        requireNonNull(failingSince, "failingSince is null");
        requireNonNull(detail, "detail is null");
    }

    static TellingNote fresh(String id, VersionId version, Instant now) {
        return new TellingNote(id, version, Stage.DUE, 0, now, Optional.empty(), "");
    }

    /** The same version is published once more: whoever could not be told of it is still to be told. */
    TellingNote again(String newId, Instant now) {
        return stage == Stage.TOLD
                ? fresh(newId, version, now)
                : new TellingNote(newId, version, Stage.DUE, vain, now, failingSince, detail);
    }

    TellingNote running(Instant now) {
        return new TellingNote(id, version, Stage.RUNNING, vain, now, failingSince, detail);
    }

    TellingNote told(Instant now) {
        return new TellingNote(id, version, Stage.TOLD, 0, now, Optional.empty(), "");
    }

    TellingNote failed(String why, Instant now) {
        return new TellingNote(id, version, Stage.DUE, vain + 1, now, Optional.of(failingSince.orElse(now)), why);
    }

    String text() {
        return String.join(" ", id, version.value(), stage.name(), String.valueOf(vain), at.toString(),
                failingSince.map(Instant::toString).orElse("-"),
                "." + Base64.getEncoder().encodeToString(detail.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads what {@link #text} wrote; empty where it cannot be read. */
    static Optional<TellingNote> read(String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TellingNote(fields[0], new VersionId(fields[1]), Stage.valueOf(fields[2]),
                    Integer.parseInt(fields[3]), Instant.parse(fields[4]),
                    Optional.of(fields[5]).filter(field -> !field.equals("-")).map(Instant::parse),
                    new String(Base64.getDecoder().decode(fields[6].substring(1)), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException _) {
            return Optional.empty();
        }
    }
}
