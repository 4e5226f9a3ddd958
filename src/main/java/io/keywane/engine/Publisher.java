package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;

/**
 * Port: puts the current key where consumers of this host read it. Atomic for readers: they see the old value or the new
 * one, never half of one.
 */
public interface Publisher {
    /** Whether this key is published on this host at all. */
    boolean publishes(KeyName key);

    /** Whether exactly this value is what consumers read now. */
    boolean isPublished(KeyName key, KeyMaterial material);

    /** Publishes a value; on return it is what consumers read. Throws {@link StoreException} where that failed. */
    void publish(KeyName key, KeyMaterial material);
}
