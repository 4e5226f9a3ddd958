package io.keywane.config;

import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.engine.StoreSettings;
import io.keywane.key.KeyName;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code keys.*.store}, and sees to it that no two keys share a place. */
final class StorePlaces {
    private final Set<String> names;
    private final Field<Map<StoreName, StoreSettings>> stores;
    private final Map<String, KeyName> taken = new HashMap<>();

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
