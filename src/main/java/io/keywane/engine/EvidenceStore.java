package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.VersionId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port: the bundles of evidence, kept as they were written. {@link #keep} returns only when a bundle survives a power cut:
 * it is called before a version is marked for revocation.
 *
 * <p>Every method throws {@link PersistenceException} where it could not read or write.
 */
public interface EvidenceStore {
    /** Keeps a bundle. The same again changes nothing. */
    void keep(KeptEvidence evidence, byte[] file);

    /** The bundle that was written for a version since it was found drained at this time; the latest if there are several. */
    Optional<KeptEvidence> of(VersionId version, Instant drained);

    /** The bundles of all keys, or of one, oldest first. */
    List<KeptEvidence> list(Optional<KeyName> key);

    /** A bundle's file. */
    Optional<byte[]> file(String digest);

    /** Drops bundles made before a time, but those of versions that are still to be revoked. */
    void prune(Instant before, List<VersionId> unresolved);
}
