package io.keywane.config;

import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.key.KeyName;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code keys.*.store}, and sees to it that no two keys share a place. */
final class StorePlaces {
    private final Set<String> stores;
    private final Map<String, KeyName> taken = new HashMap<>();

    /**
     * Reads places in these stores.
     *
     * @param stores the names of the stores that the file has
     */
    StorePlaces(Set<String> stores) {
        this.stores = stores;
    }

    Field<Optional<StoreReference>> read(KeyName key, YamlSection parent) {
        YamlSection section = parent.section("store");
        Field<StoreName> name = section.text("name", this::store);
        Field<String> path = section.text("path");
        Field<String> field = section.text("field");
        Field<Optional<String>> custody = section.text("custody").optional();
        if (!parent.has("store")) {
            return Field.of(Optional.empty());
        }
        Field<StoreName> givenName = name.required();
        Field<String> givenPath = path.required();
        Field<String> givenField = field.required();
        Field<StoreReference> read = section.build(() -> StoreReference.of(givenName.get(), givenPath.get(),
                givenField.get(), custody.get()));
        if (!read.isPresent()) {
            return Field.broken();
        }
        return unshared(key, section, read.get());
    }

    private StoreName store(String name) {
        if (!stores.contains(name)) {
            Set<String> known = new TreeSet<>(stores);
            throw new IllegalArgumentException("\"" + name + "\" is not among the stores; " + (known.isEmpty()
                    ? "add it to the section \"stores\""
                    : Spelling.suggestion(name, known)));
        }
        return new StoreName(name);
    }

    private Field<Optional<StoreReference>> unshared(KeyName key, YamlSection section, StoreReference place) {
        KeyName sameField = taken.putIfAbsent(place.store() + ":" + place.path() + "#" + place.field(), key);
        if (sameField != null) {
            return section.reject("field", "is the field of key " + sameField + " as well",
                    "give each key a field or a secret of its own");
        }
        KeyName sameCustody = taken.putIfAbsent(place.store() + ":" + place.custody(), key);
        if (sameCustody != null) {
            return section.reject(section.has("custody") ? "custody" : "path",
                    "has the custody of key " + sameCustody + ", " + place.custody() + ", as well",
                    "give this key a \"custody\" of its own");
        }
        return Field.of(Optional.of(place));
    }
}
