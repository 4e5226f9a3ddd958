package io.keywane.config;

import io.keywane.engine.StoreName;
import io.keywane.engine.StoreSettings;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads {@code stores}: the secret stores beside the embedded one, each of one kind. */
final class StoresReader {
    /** The kinds of store. */
    private enum Type {
        AWS("aws"), VAULT("vault");

        private final String word;

        Type(String word) {
            this.word = word;
        }
    }

    private static final Map<String, Type> TYPES = Arrays.stream(Type.values())
            .collect(Collectors.toMap(type -> type.word, type -> type));

    private StoresReader() {}

    static Field<Map<StoreName, StoreSettings>> read(YamlSection root) {
        return root.entries("stores", StoresReader::name, StoresReader::store).or(Map.of());
    }

    private static StoreName name(String text) {
        StoreName name = new StoreName(text);
        if (name.equals(StoreName.FILE)) {
            throw new IllegalArgumentException(
                    "\"file\" is the embedded store, which is always there; give this one another name");
        }
        return name;
    }

    private static Field<StoreSettings> store(StoreName name, YamlSection section) {
        Field<Type> type = section.choice("type", TYPES).required();
        if (!type.isPresent()) {
            return Field.broken();
        }
        YamlSection fields = section.variant(type.get().word);
        return switch (type.get()) {
            case AWS -> AwsReader.read(fields).map(settings -> settings);
            case VAULT -> VaultReader.read(fields).map(settings -> settings);
        };
    }
}
