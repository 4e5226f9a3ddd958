package io.keywane.config;

import io.keywane.engine.Settings.StorageSettings;

import java.nio.file.Path;
import java.time.Duration;

/** Reads {@code storage}. The key-encryption key itself is never in the file, only where it lies. */
final class StorageReader {
    private StorageReader() {}

    static Field<StorageSettings> read(YamlSection section) {
        Field<Path> keys = section.path("keys").or(Path.of("/var/lib/keywane/keys"));
        Field<Path> keyEncryptionKey = SecretFile.required(section, "key_encryption_key", "key");
        Field<Path> database = section.path("database").or(Path.of("/var/lib/keywane/keywane.db"));
        Field<Path> publish = section.path("publish").or(Path.of("/run/keywane-keys"));
        Field<Duration> retention = section.duration("retention").or(Duration.ofDays(400));
        Field<Duration> evidence = section.duration("evidence_retention").or(Duration.ofDays(1_826));
        return section.build(() -> new StorageSettings(keys.get(), keyEncryptionKey.get(), database.get(),
                publish.get(), retention.get(), evidence.get()));
    }
}
