package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;

import java.util.Optional;

/**
 * Port: where key values are kept and from where consumers read the current one.
 *
 * <p>Every change names the revision that it was decided on and fails with {@link StoreFailure.Kind#CONFLICT} if the
 * store has moved on (compare-and-set). Repeating a change that succeeded is no error and changes nothing. No method
 * revokes or destroys; {@link #release} is called only for versions that the API was seen to refuse.
 *
 * <p>Each method may throw {@link StoreException}; its kind says whether the change may nevertheless have happened.
 */
public interface SecretStore {
    /** What the store holds of a key; revision 0 and no versions where it holds nothing. */
    StoreView view(KeyName key);

    /** Reads one version's value. {@link StoreFailure.Kind#NOT_FOUND} where the store has none. */
    KeyMaterial read(KeyName key, VersionId version);

    /** The value that consumers read as current, whoever put it there; empty where there is none. */
    default Optional<KeyMaterial> served(KeyName key) {
        return view(key).current().map(version -> read(key, version));
    }

    /** Takes a value into custody without making it current. Same version, other value: {@code CONFLICT}. */
    StoreView stage(KeyName key, VersionId version, KeyMaterial material, long expectedRevision);

    /**
     * Makes a held version the one that consumers read.
     *
     * @param proof is asked immediately before the one call or write that switches, after whatever has to come before it,
     *     and throws {@link StoreFailure.Kind#STALE_PROOF} to prevent it
     */
    StoreView promote(KeyName key, VersionId version, long expectedRevision, Runnable proof);

    /** The same where nothing can make the proof go stale. */
    default StoreView promote(KeyName key, VersionId version, long expectedRevision) {
        return promote(key, version, expectedRevision, () -> {});
    }

    /** Marks a version "revoke me" for those who look into the store, or takes the mark off. */
    StoreView mark(KeyName key, VersionId version, boolean flagged, long expectedRevision);

    /** Ends the custody of a version that a person revoked and the API refuses. The current version is never released. */
    StoreView release(KeyName key, VersionId version, long expectedRevision);
}
