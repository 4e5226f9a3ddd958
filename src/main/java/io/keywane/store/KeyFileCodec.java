package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes a key file as JSON and reads it back. Names and revision stand in clear, values are sealed, and one keyed hash
 * over everything shows any change that keywane did not make.
 */
final class KeyFileCodec {
    private static final String FORMAT = "keywane-key-file";
    /** What the store is called in messages. */
    static final String STORE = "the file store";
    private static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** The file's shape. */
    record Envelope(
            String format,
            int version,
            String sealedUnder,
            String key,
            long revision,
            @Nullable String current,
            List<Held> held,
            List<String> released,
            String authentication) {}

    /** A version in custody. */
    record Held(String version, boolean flagged, String nonce, String sealed) {}

    private final Sealer sealer;

    KeyFileCodec(Sealer sealer) {
        this.sealer = sealer;
    }

    byte[] encode(Custody<SealedKey> file) {
        List<Held> held = file.held().entrySet().stream()
                .map(entry -> new Held(entry.getKey().value(), file.flagged().contains(entry.getKey()),
                        entry.getValue().nonce(), entry.getValue().sealed()))
                .toList();
        return JSON.writeValueAsBytes(new Envelope(FORMAT, VERSION, sealer.identity(), file.key().value(),
                file.revision(), file.current().map(VersionId::value).orElse(null), held,
                file.released().stream().map(VersionId::value).toList(), authentication(file)));
    }

    /** Reads a file's content; throws {@link StoreFailure.Kind#DAMAGED}, naming the file and the way out. */
    Custody<SealedKey> decode(Path path, KeyName key, byte[] content) {
        Envelope envelope;
        Custody<SealedKey> file;
        try {
            JsonNode tree = JSON.readTree(content);
            requireKnownFormat(path, tree);
            envelope = JSON.treeToValue(tree, Envelope.class);
            requireSameKey(path, envelope);
            file = file(envelope);
        } catch (JacksonException | IllegalArgumentException | NullPointerException _) {
            // The cause is left out: a parser's message may quote the file.
            throw damaged(path, "is damaged", "restore it from a backup");
        }
        if (!file.key().equals(key)) {
            throw damaged(path, "belongs to key " + file.key(), "put every key file back under its own name");
        }
        if (!isAuthentic(envelope, file)) {
            throw damaged(path, "was changed by something other than keywane", "restore it from a backup");
        }
        return file;
    }

    private static void requireKnownFormat(Path path, JsonNode tree) {
        if (!tree.path("format").asString("").equals(FORMAT)) {
            throw damaged(path, "is no key file of keywane", "restore it from a backup");
        }
        int version = tree.path("version").asInt(0);
        if (version != VERSION) {
            throw damaged(path, "has format version " + version + ", and this keywane knows " + VERSION,
                    "install the keywane that wrote it, or a newer one");
        }
    }

    private void requireSameKey(Path path, Envelope envelope) {
        if (!envelope.sealedUnder().equals(sealer.identity())) {
            throw damaged(path, "is sealed under another key-encryption key",
                    "put back the key-encryption key that it was written with");
        }
    }

    private static Custody<SealedKey> file(Envelope envelope) {
        TreeMap<VersionId, SealedKey> held = new TreeMap<>();
        TreeSet<VersionId> flagged = new TreeSet<>();
        for (Held one : envelope.held()) {
            VersionId version = new VersionId(one.version());
            held.put(version, new SealedKey(one.nonce(), one.sealed()));
            if (one.flagged()) {
                flagged.add(version);
            }
        }
        return new Custody<>(STORE, new KeyName(envelope.key()), envelope.revision(),
                Optional.ofNullable(envelope.current()).map(VersionId::new), held, flagged,
                envelope.released().stream().map(VersionId::new).collect(Collectors.toCollection(TreeSet::new)));
    }

    private boolean isAuthentic(Envelope envelope, Custody<SealedKey> file) {
        return MessageDigest.isEqual(envelope.authentication().getBytes(StandardCharsets.US_ASCII),
                authentication(file).getBytes(StandardCharsets.US_ASCII));
    }

    private String authentication(Custody<SealedKey> file) {
        Canonical canonical = new Canonical().text(FORMAT).number(VERSION).text(file.key().value())
                .number(file.revision()).text(file.current().map(VersionId::value)).number(file.held().size());
        file.held().forEach((version, value) -> canonical.text(version.value())
                .number(file.flagged().contains(version) ? 1 : 0).text(value.nonce()).text(value.sealed()));
        canonical.number(file.released().size());
        file.released().forEach(version -> canonical.text(version.value()));
        return Base64.getEncoder().encodeToString(sealer.authenticate(canonical.bytes()));
    }

    private static StoreException damaged(Path path, String what, String wayOut) {
        return new StoreException(StoreFailure.Kind.DAMAGED, "key file " + path + " " + what + ": " + wayOut);
    }
}
