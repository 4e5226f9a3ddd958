package io.keywane.daemon;

import io.keywane.engine.AwsSettings;
import io.keywane.engine.HostClock;
import io.keywane.engine.KeySettings;
import io.keywane.engine.SecretStore;
import io.keywane.engine.Settings;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.engine.VaultSettings;
import io.keywane.key.KeyName;
import io.keywane.store.AwsSecretStore;
import io.keywane.store.FileSecretStore;
import io.keywane.store.VaultSecretStore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** All configured stores, open; those outside of this host may be out of reach for now. */
record Stores(SecretStore router, List<Runnable> closers) implements AutoCloseable {
    Stores {
        closers = List.copyOf(closers);
    }

    /**
     * Opens the stores beside the embedded one.
     *
     * @param files the embedded store; the caller closes it
     * @param current the settings in use
     */
    static Stores open(FileSecretStore files, Settings settings, Supplier<Settings> current, HostClock clock) {
        Map<StoreName, SecretStore> all = new HashMap<>();
        List<Runnable> closers = new ArrayList<>();
        all.put(StoreName.FILE, files);
        settings.stores().forEach((name, how) -> {
            Supplier<Map<KeyName, StoreReference>> places = () -> places(current.get(), name);
            all.put(name, switch (how) {
                case VaultSettings vault -> VaultSecretStore.open(name, vault, places, clock);
                case AwsSettings aws -> {
                    AwsSecretStore store = AwsSecretStore.open(name, aws, places, clock);
                    closers.add(store::close);
                    yield store;
                }
            });
        });
        return new Stores(new StoreRouter(all, key -> Optional.ofNullable(current.get().keys().get(key))
                .map(KeySettings::storeName).orElse(StoreName.FILE)), closers);
    }

    private static Map<KeyName, StoreReference> places(Settings settings, StoreName store) {
        return settings.keys().values().stream().flatMap(key -> key.store().stream()
                .filter(place -> place.store().equals(store)).map(place -> Map.entry(key.name(), place)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void close() {
        closers.forEach(Runnable::run);
    }
}
