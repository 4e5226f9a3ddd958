package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.VersionId;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is known of a bundle of evidence without opening it.
 *
 * @param digest SHA-256 of its file, in hexadecimal, as the audit line of the flag has it
 * @param version the version that it says may be revoked
 * @param rotation the rotation that replaced it, if one did
 * @param drained when the version was found drained: one bundle belongs to each such time
 * @param made when it was put together
 * @param proven whether all gates were met, so that nothing rests on a waiver
 * @param size of its file, in bytes
 */
public record KeptEvidence(
        String digest,
        KeyName key,
        VersionId version,
        Optional<String> rotation,
        Instant drained,
        Instant made,
        boolean proven,
        long size) {
    public KeptEvidence {
        requireNonNull(digest, "digest is null");
        requireNonNull(key, "key is null");
        requireNonNull(version, "version is null");
        requireNonNull(rotation, "rotation is null");
        requireNonNull(drained, "drained is null");
        requireNonNull(made, "made is null");
    }
}
