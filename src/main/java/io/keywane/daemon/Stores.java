package io.keywane.daemon;

import io.keywane.engine.AwsSettings;
import io.keywane.engine.HostClock;
import io.keywane.engine.IntakeSettings;
import io.keywane.engine.KeySettings;
import io.keywane.engine.SecretStore;
import io.keywane.engine.Settings;
import io.keywane.engine.StoreInspector;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.engine.VaultSettings;
import io.keywane.key.KeyName;
import io.keywane.store.AwsSecretStore;
import io.keywane.store.CandidatePlaces;
import io.keywane.store.FileSecretStore;
import io.keywane.store.VaultSecretStore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * All configured stores, open; those outside of this host may be out of reach for now.
 *
 * @param router all as one
 * @param inspectors by name, in the order of names
 * @param places those in which new keys can be put beside the consumers'
 * @param closers what ends those that have to be ended
 */
record Stores(
        SecretStore router,
        SortedMap<StoreName, StoreInspector> inspectors,
        Map<StoreName, CandidatePlaces> places,
        List<Runnable> closers)
        implements
            AutoCloseable {
    Stores {
        inspectors = Collections.unmodifiableSortedMap(new TreeMap<>(inspectors));
        places = Map.copyOf(places);
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
        Map<StoreName, CandidatePlaces> candidates = new HashMap<>();
        List<Runnable> closers = new ArrayList<>();
        SortedMap<StoreName, StoreInspector> inspectors = new TreeMap<>();
        all.put(StoreName.FILE, files);
        inspectors.put(StoreName.FILE, files);
        settings.stores().forEach((name, how) -> {
            Supplier<Map<KeyName, StoreReference>> places = () -> places(current.get(), name);
            Supplier<Map<KeyName, StoreReference>> fresh = () -> candidates(current.get(), name);
            switch (how) {
                case VaultSettings vault -> {
                    VaultSecretStore store = VaultSecretStore.open(name, vault, places, fresh, clock);
                    all.put(name, store);
                    inspectors.put(name, store);
                    candidates.put(name, store);
                }
                case AwsSettings aws -> {
                    AwsSecretStore store = AwsSecretStore.open(name, aws, places, fresh, clock);
                    all.put(name, store);
                    inspectors.put(name, store);
                    candidates.put(name, store);
                    closers.add(store::close);
                }
            }
        });
        return new Stores(new StoreRouter(all, key -> Optional.ofNullable(current.get().keys().get(key))
                .map(KeySettings::storeName).orElse(StoreName.FILE)), inspectors, candidates, closers);
    }

    private static Map<KeyName, StoreReference> places(Settings settings, StoreName store) {
        return settings.keys().values().stream().flatMap(key -> key.store().stream()
                .filter(place -> place.store().equals(store)).map(place -> Map.entry(key.name(), place)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<KeyName, StoreReference> candidates(Settings settings, StoreName store) {
        Map<KeyName, StoreReference> candidates = new HashMap<>();
        settings.keys().values().forEach(key -> key.intake().ifPresent(intake -> {
            if (intake instanceof IntakeSettings.Candidate candidate && candidate.place().store().equals(store)) {
                candidates.put(key.name(), candidate.place());
            }
        }));
        return Map.copyOf(candidates);
    }

    @Override
    public void close() {
        closers.forEach(Runnable::run);
    }
}
