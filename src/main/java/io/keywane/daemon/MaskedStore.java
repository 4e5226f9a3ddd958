package io.keywane.daemon;

import io.keywane.engine.SecretStore;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;

import java.util.Optional;

/** A store whose every value is made known to the log's mask before anybody can log it. */
record MaskedStore(SecretStore store, LiveKeyMask mask) implements SecretStore {
    @Override
    public StoreView view(KeyName key) {
        return store.view(key);
    }

    @Override
    public KeyMaterial read(KeyName key, VersionId version) {
        KeyMaterial material = store.read(key, version);
        mask.register(material);
        return material;
    }

    @Override
    public Optional<KeyMaterial> served(KeyName key) {
        Optional<KeyMaterial> material = store.served(key);
        material.ifPresent(mask::register);
        return material;
    }

    @Override
    public StoreView stage(KeyName key, VersionId version, KeyMaterial material, long expectedRevision) {
        mask.register(material);
        return store.stage(key, version, material, expectedRevision);
    }

    @Override
    public StoreView promote(KeyName key, VersionId version, long expectedRevision, Runnable proof) {
        return store.promote(key, version, expectedRevision, proof);
    }

    @Override
    public StoreView mark(KeyName key, VersionId version, boolean flagged, long expectedRevision) {
        return store.mark(key, version, flagged, expectedRevision);
    }

    @Override
    public StoreView release(KeyName key, VersionId version, long expectedRevision) {
        return store.release(key, version, expectedRevision);
    }
}
