package io.keywane.config;

import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.engine.StoreSettings;
import io.keywane.key.KeyName;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code keys.*.store}, and sees to it that no two keys share a place. */
final class StorePlaces {
    private final Set<String> names;
    private final Field<Map<StoreName, StoreSettings>> stores;
    private final Map<String, KeyName> taken = new HashMap<>();
    /** Secrets that consumers read, or that are custody, and secrets into which new keys are put: never the same. */
    private final Map<String, KeyName> secrets = new HashMap<>();
    private final Map<String, KeyName> candidates = new HashMap<>();

    /**
     * Reads places in these stores.
     *
     * @param names the names of the stores that the file has, usable or not
     * @param stores what they are
     */
    StorePlaces(Set<String> names, Field<Map<StoreName, StoreSettings>> stores) {
        this.names = names;
        this.stores = stores;
    }

    Field<Optional<StoreReference>> read(KeyName key, YamlSection parent) {
        YamlSection section = parent.section("store");
        Field<StoreName> name = section.text("name", this::store);
        Field<String> path = section.text("path");
        Field<Optional<String>> field = section.text("field").optional();
        Field<Optional<String>> custody = section.text("custody").optional();
        if (!parent.has("store")) {
            return Field.of(Optional.empty());
        }
        Field<StoreName> givenName = name.required();
        Field<String> givenPath = path.required();
        Field<StoreReference> read = section.build(() -> settings(givenName.get()).place(givenName.get(),
                givenPath.get(), field.get(), custody.get()));
        if (!read.isPresent()) {
            return Field.broken();
        }
        return unshared(key, section, read.get());
    }

    /**
     * Reads {@code keys.*.intake.candidate}: a secret in the key's own store.
     *
     * @param store where the key is kept
     */
    Field<StoreReference> candidate(KeyName key, YamlSection intake, Field<Optional<StoreReference>> store) {
        YamlSection section = intake.section("candidate");
        Field<String> path = section.text("path");
        Field<Optional<String>> field = section.text("field").optional();
        if (!intake.has("candidate")) {
            return Field.absent();
        }
        Field<String> givenPath = path.required();
        if (store.isPresent() && store.get().isEmpty()) {
            return intake.reject("candidate", "needs a \"store\" of the key, since it is a secret in it",
                    "for a key in the embedded file store, give \"file\"");
        }
        Field<StoreReference> read = section.build(() -> {
            StoreName name = store.get().orElseThrow(Field.Unusable::new).store();
            return settings(name).place(name, givenPath.get(), field.get(), Optional.empty());
        });
        return read.isPresent() ? ofItsOwn(key, section, read.get()) : read;
    }

    private Field<StoreReference> ofItsOwn(KeyName key, YamlSection section, StoreReference place) {
        String secret = place.store() + ":" + place.path();
        KeyName consumers = secrets.get(secret);
        if (consumers != null) {
            return section.reject("path", "is a secret of key " + consumers + " itself, and to save a key there would"
                    + " promote it unproven", "give new keys a secret of their own");
        }
        KeyName other = candidates.putIfAbsent(secret + "#" + place.field().orElse(""), key);
        candidates.putIfAbsent(secret, key);
        return other == null
                ? Field.of(place)
                : section.reject("path", "is the place of new keys of key " + other + " as well",
                        "give each key a place of its own");
    }

    private StoreSettings settings(StoreName name) {
        StoreSettings found = stores.get().get(name);
        if (found == null) {
            throw new IllegalStateException("store " + name + " was not read");
        }
        return found;
    }

    private StoreName store(String name) {
        if (!names.contains(name)) {
            Set<String> known = new TreeSet<>(names);
            throw new IllegalArgumentException("\"" + name + "\" is not among the stores; " + (known.isEmpty()
                    ? "add it to the section \"stores\""
                    : Spelling.suggestion(name, known)));
        }
        return new StoreName(name);
    }

    private Field<Optional<StoreReference>> unshared(KeyName key, YamlSection section, StoreReference place) {
        String secret = place.store() + ":" + place.path();
        for (String own : List.of(secret, place.store() + ":" + place.custody())) {
            secrets.putIfAbsent(own, key);
            if (candidates.containsKey(own)) {
                return section.reject("path", "is the place of new keys of key " + candidates.get(own)
                        + ", and to save a key there would promote it unproven", "give new keys a secret of their own");
            }
        }
        KeyName sameField = taken.putIfAbsent(place.keepsCustodyInPlace()
                ? secret
                : secret + "#" + place.field().orElse(""), key);
        if (sameField != null) {
            return place.keepsCustodyInPlace()
                    ? section.reject("path", "is the secret of key " + sameField + " as well",
                            "give each key a secret of its own")
                    : section.reject("field", "is the field of key " + sameField + " as well",
                            "give each key a field or a secret of its own");
        }
        KeyName sameCustody = place.keepsCustodyInPlace()
                ? null
                : taken.putIfAbsent(place.store() + ":" + place.custody(), key);
        if (sameCustody != null) {
            return section.reject(section.has("custody") ? "custody" : "path",
                    "has the custody of key " + sameCustody + ", " + place.custody() + ", as well",
                    "give this key a \"custody\" of its own");
        }
        return Field.of(Optional.of(place));
    }
}
