package io.keywane.rotation;

import io.keywane.key.VersionId;

import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * All that a decision about one key may rest on, gathered at one time and never changed.
 *
 * @param store what the store holds; empty where it cannot be read
 * @param publication what consumers of this host read
 * @param parity how the new key compares with the old one
 * @param versions what is known of each version
 * @param bundles the digest of the bundle that the flag of a drained version rests on, where one is kept
 * @param calibrating whether the new key is still being calibrated, and is to be waited for
 */
public record Evidence(
        Optional<StoreView> store,
        Publication publication,
        Parity parity,
        Map<VersionId, VersionEvidence> versions,
        Map<VersionId, String> bundles,
        boolean calibrating) {
    public Evidence {
        requireNonNull(store, "store is null");
        requireNonNull(publication, "publication is null");
        requireNonNull(parity, "parity is null");
        versions = Map.copyOf(versions);
        bundles = Map.copyOf(bundles);
    }

    /** What is known of a version, which may be nothing. */
    public VersionEvidence of(VersionId version) {
        return versions.getOrDefault(version, VersionEvidence.NONE);
    }

    /** What is known of a version that may not exist. */
    public VersionEvidence of(Optional<VersionId> version) {
        return version.map(this::of).orElse(VersionEvidence.NONE);
    }
}
