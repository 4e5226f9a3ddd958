package io.keywane.config;

import io.keywane.engine.Settings;

import java.nio.file.Path;

/** Keeps apart what consumers of published keys may see and what they must not. */
final class Folders {
    private Folders() {}

    static void check(YamlSection root, Settings settings) {
        YamlSection storage = root.section("storage");
        Path publish = settings.storage().publishDirectory();
        if (overlap(publish, settings.storage().keyDirectory())) {
            storage.reject("publish", "lies in storage.keys, or the other way round",
                    "consumers read published keys: give them a folder of their own");
        }
        if (settings.storage().database().startsWith(publish)) {
            storage.reject("database", "lies in the folder of published keys, which consumers may enter",
                    "put it elsewhere");
        }
        if (settings.storage().keyEncryptionKey().startsWith(publish)) {
            storage.reject("key_encryption_key", "lies in the folder of published keys, which consumers may enter",
                    "put it elsewhere");
        }
        if (settings.service().socket().startsWith(publish)) {
            root.section("service").reject("socket", "lies in the folder of published keys, which consumers may enter",
                    "put it elsewhere");
        }
    }

    private static boolean overlap(Path a, Path b) {
        return a.startsWith(b) || b.startsWith(a);
    }
}
