package io.keywane.config;

import io.keywane.engine.Settings.StorageSettings;

import java.nio.file.Path;
import java.time.Duration;

/** Reads {@code storage}. The key-encryption key itself is never in the file, only where it lies. */
final class StorageReader {
    private static final String KEY_ENCRYPTION_KEY = "key_encryption_key";
    private static final String CREDENTIALS_DIRECTORY = "CREDENTIALS_DIRECTORY";

    private StorageReader() {}

    static Field<StorageSettings> read(YamlSection section) {
        Field<Path> keys = section.path("keys").or(Path.of("/var/lib/keywane/keys"));
        Field<Path> keyEncryptionKey = keyEncryptionKey(section);
        Field<Path> database = section.path("database").or(Path.of("/var/lib/keywane/keywane.db"));
        Field<Path> publish = section.path("publish").or(Path.of("/run/keywane-keys"));
        Field<Duration> retention = section.duration("retention").or(Duration.ofDays(400));
        return section.build(() -> new StorageSettings(keys.get(), keyEncryptionKey.get(), database.get(),
                publish.get(), retention.get()));
    }

    private static Field<Path> keyEncryptionKey(YamlSection storage) {
        if (storage.isPlain(KEY_ENCRYPTION_KEY)) {
            return storage.reject(KEY_ENCRYPTION_KEY, "must say where the key lies, and never hold it",
                    "write {file: PATH} or, for a systemd credential, {credential: NAME}");
        }
        YamlSection section = storage.requiredSection(KEY_ENCRYPTION_KEY);
        Field<Path> file = section.path("file");
        Field<Path> credential = section.text("credential", name -> credential(section, name));
        Field<Path> chosen = file.isAbsent() ? credential : file;
        Field<Path> read = section.build(chosen::get);
        if (file.isPresent() && !credential.isAbsent()) {
            return storage.reject(KEY_ENCRYPTION_KEY, "has both file and credential", "keep one of them");
        }
        if (storage.has(KEY_ENCRYPTION_KEY) && file.isAbsent() && credential.isAbsent()) {
            return storage.reject(KEY_ENCRYPTION_KEY, "names no place",
                    "write {file: PATH} or, for a systemd credential, {credential: NAME}");
        }
        return read;
    }

    private static Path credential(YamlSection section, String name) {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}")) {
            throw new IllegalArgumentException("is no name of a credential: letters, digits, '.', '-' and '_'");
        }
        String folder = section.reading().environment().get(CREDENTIALS_DIRECTORY);
        if (section.has("file")) {
            return Path.of(name);
        }
        if (folder == null || folder.isEmpty()) {
            throw new IllegalArgumentException("credential \"" + name + "\" cannot be found: the environment lacks "
                    + CREDENTIALS_DIRECTORY + ", which systemd sets for a unit with LoadCredential=");
        }
        return Path.of(folder).resolve(name);
    }
}
