package io.keywane.store;

import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.keywane.key.KeyMaterial;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The latest version of one KV secret as it was read.
 *
 * @param version the number that the next write must name; 0 where nothing was ever written
 * @param presence whether there is data
 * @param data the fields in their order, each as the server gave it; empty unless present
 * @param endsAt when the server will take this version away by itself
 */
record VaultDocument(long version, Presence presence, Map<String, JsonValue> data, Optional<String> endsAt) {
    static final VaultDocument ABSENT = new VaultDocument(0, Presence.ABSENT, Map.of(), Optional.empty());

    /** Whether a secret has data. */
    enum Presence {
        /** Nothing was ever written, or all history was removed. */
        ABSENT,
        /** The latest version was deleted or destroyed; its number still counts. */
        DELETED,
        PRESENT
    }

    VaultDocument {
        requireNonNull(presence, "presence is null");
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        requireNonNull(endsAt, "endsAt is null");
    }

    static VaultDocument present(long version, JsonObject data, Optional<String> endsAt) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        data.forEach(member -> fields.put(member.getName(), member.getValue()));
        return new VaultDocument(version, Presence.PRESENT, fields, endsAt);
    }

    boolean isPresent() {
        return presence == Presence.PRESENT;
    }

    /** What stands in a field, if it can be a key. */
    Optional<KeyMaterial> key(String field) {
        return text(field).flatMap(SecretText::material);
    }

    /** What stands in a field, if it is a text. */
    Optional<String> text(String field) {
        JsonValue value = data.get(field);
        return value == null || !value.isString() ? Optional.empty() : Optional.of(value.asString());
    }

    /** Whether a field is there, whatever it holds. */
    boolean has(String field) {
        return data.containsKey(field);
    }

    /** The fields with one replaced, all others as they are. */
    Map<String, JsonValue> with(String field, KeyMaterial value) {
        Map<String, JsonValue> changed = new LinkedHashMap<>(data);
        changed.put(field, Json.value(value.exposeString()));
        return changed;
    }

    /** Without values: they are secrets. */
    @Override
    public String toString() {
        return "VaultDocument[version " + version + ", " + presence + "]";
    }
}
