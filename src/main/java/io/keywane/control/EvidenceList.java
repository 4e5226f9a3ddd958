package io.keywane.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** The bundles of evidence that are kept, oldest first. */
public record EvidenceList(List<Bundle> bundles) implements ControlResult {
    public EvidenceList {
        bundles = List.copyOf(bundles);
    }

    /**
     * One bundle.
     *
     * @param key the managed key
     * @param versionBrief first digits of the version that it says may be revoked
     * @param rotationId the rotation that replaced that version, if one did
     * @param basis {@code proven}, or {@code waived}
     * @param size of its file, in bytes
     * @param digest SHA-256 of its file
     */
    public record Bundle(
            String key,
            String versionBrief,
            Optional<String> rotationId,
            Instant madeAt,
            String basis,
            long size,
            String digest) {
        public Bundle {
            requireNonNull(key, "key is null");
            requireNonNull(versionBrief, "versionBrief is null");
            requireNonNull(rotationId, "rotationId is null");
            requireNonNull(madeAt, "madeAt is null");
            requireNonNull(basis, "basis is null");
            requireNonNull(digest, "digest is null");
        }
    }
}
