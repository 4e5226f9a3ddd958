package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.rotation.Publication;

/**
 * Port: puts the current key where consumers of this host read it. Atomic for readers: they see the old value or the new
 * one, never half of one.
 */
public interface Publisher {
    /** How what consumers read now compares with this value. Throws {@link StoreException} where it cannot be read. */
    Publication compare(KeyName key, KeyMaterial material);

    /** Publishes a value; on return it is what consumers read. Throws {@link StoreException} where that failed. */
    void publish(KeyName key, KeyMaterial material);
}
