package io.keywane.daemon;

import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreName;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/** The stores as one: each call goes to the store that its key is configured to be in. */
record StoreRouter(Map<StoreName, SecretStore> stores, Function<KeyName, StoreName> storeOf) implements SecretStore {
    StoreRouter {
        stores = Map.copyOf(stores);
        requireNonNull(storeOf, "storeOf is null");
    }

    private SecretStore of(KeyName key) {
        StoreName name = storeOf.apply(key);
        SecretStore store = stores.get(name);
        if (store == null) {
            throw new IllegalStateException("store " + name + " of key " + key + " was not opened");
        }
        return store;
    }

    @Override
    public StoreView view(KeyName key) {
        return of(key).view(key);
    }

    @Override
    public KeyMaterial read(KeyName key, VersionId version) {
        return of(key).read(key, version);
    }

    @Override
    public Optional<KeyMaterial> served(KeyName key) {
        return of(key).served(key);
    }

    @Override
    public StoreView stage(KeyName key, VersionId version, KeyMaterial material, long expectedRevision) {
        return of(key).stage(key, version, material, expectedRevision);
    }

    @Override
    public StoreView promote(KeyName key, VersionId version, long expectedRevision, Runnable proof) {
        return of(key).promote(key, version, expectedRevision, proof);
    }

    @Override
    public StoreView mark(KeyName key, VersionId version, boolean flagged, long expectedRevision) {
        return of(key).mark(key, version, flagged, expectedRevision);
    }

    @Override
    public StoreView release(KeyName key, VersionId version, long expectedRevision) {
        return of(key).release(key, version, expectedRevision);
    }
}
