package io.keywane.store;

import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonArray;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * Keywane's own document beside the consumers' secret: every value in custody, since the consumers' secret can hold only
 * one and the server destroys old versions. Values stand in it in clear, as in the consumers' secret: custody must outlive
 * this host and its key-encryption key.
 *
 * @param revision the document's version in the KV engine; 0 where there is none
 * @param chosen the version that was last set out to be what consumers read; empty before the first promotion
 */
record VaultBooks(
        KeyName key,
        long revision,
        Optional<VersionId> chosen,
        SortedMap<VersionId, KeyMaterial> held,
        SortedSet<VersionId> flagged,
        SortedSet<VersionId> released) {
    private static final String FORMAT = "keywane-custody";
    private static final int VERSION = 1;

    /** A document that cannot be taken for ours; the message says what is wrong with it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    VaultBooks {
        requireNonNull(key, "key is null");
        requireNonNull(chosen, "chosen is null");
        held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
        flagged = Collections.unmodifiableSortedSet(new TreeSet<>(flagged));
        released = Collections.unmodifiableSortedSet(new TreeSet<>(released));
    }

    static VaultBooks empty(KeyName key) {
        return new VaultBooks(key, 0, Optional.empty(), new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
    }

    static VaultBooks of(Custody<KeyMaterial> custody, Optional<VersionId> chosen) {
        return new VaultBooks(custody.key(), custody.revision(), chosen, custody.held(), custody.flagged(),
                custody.released());
    }

    /** The held version with this value; where two have it, the chosen one. */
    Optional<VersionId> versionOf(KeyMaterial value) {
        return chosen.filter(id -> Objects.equals(held.get(id), value)).or(() -> held.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value)).map(Map.Entry::getKey).findFirst());
    }

    /** What is held, given the version that consumers read. A mark on that one does not count. */
    Custody<KeyMaterial> custody(String store, Optional<VersionId> current) {
        TreeSet<VersionId> marked = new TreeSet<>(flagged);
        current.ifPresent(marked::remove);
        return new Custody<>(store, key, revision, current, held, marked, released);
    }

    /** The fields of the document. */
    Map<String, JsonValue> encode() {
        JsonObject versions = new JsonObject();
        held.forEach((id, value) -> versions.add(id.value(),
                new JsonObject().add("value", value.exposeString()).add("revoke_me", flagged.contains(id))));
        JsonArray gone = new JsonArray();
        released.forEach(id -> gone.add(id.value()));
        Map<String, JsonValue> fields = new TreeMap<>();
        fields.put("format", Json.value(FORMAT));
        fields.put("version", Json.value(VERSION));
        fields.put("key", Json.value(key.value()));
        fields.put("chosen", Json.value(chosen.map(VersionId::value).orElse("")));
        fields.put("held", versions);
        fields.put("released", gone);
        return fields;
    }

    /** Reads a document that has data. */
    static VaultBooks decode(KeyName key, VaultDocument document) throws Unreadable {
        Map<String, JsonValue> fields = document.data();
        if (!Json.value(FORMAT).equals(fields.get("format"))) {
            throw new Unreadable("is not keywane's");
        }
        if (!Json.value(VERSION).equals(fields.get("version"))) {
            throw new Unreadable("has another format version than " + VERSION);
        }
        if (!Json.value(key.value()).equals(fields.get("key"))) {
            throw new Unreadable("belongs to another managed key");
        }
        try {
            return read(key, document.version(), fields);
        } catch (IllegalArgumentException | UnsupportedOperationException | NullPointerException _) {
            // The cause is left out: its message may quote the document.
            throw new Unreadable("is damaged");
        }
    }

    private static VaultBooks read(KeyName key, long revision, Map<String, JsonValue> fields) {
        TreeMap<VersionId, KeyMaterial> held = new TreeMap<>();
        TreeSet<VersionId> flagged = new TreeSet<>();
        TreeSet<VersionId> released = new TreeSet<>();
        for (JsonObject.Member member : member(fields, "held").asObject()) {
            VersionId id = new VersionId(member.getName());
            JsonObject entry = member.getValue().asObject();
            held.put(id, KeyMaterial.copyOf(entry.get("value").asString().getBytes(StandardCharsets.US_ASCII)));
            if (entry.get("revoke_me").asBoolean()) {
                flagged.add(id);
            }
        }
        member(fields, "released").asArray().forEach(id -> released.add(new VersionId(id.asString())));
        Optional<VersionId> chosen = Optional.of(member(fields, "chosen").asString()).filter(id -> !id.isEmpty())
                .map(VersionId::new);
        return new VaultBooks(key, revision, chosen, held, flagged, released);
    }

    private static JsonValue member(Map<String, JsonValue> fields, String name) {
        JsonValue value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /** Whether another document holds the same, whatever its revision. */
    boolean saysTheSameAs(VaultBooks other) {
        return chosen.equals(other.chosen) && held.equals(other.held) && flagged.equals(other.flagged)
                && released.equals(other.released);
    }
}
