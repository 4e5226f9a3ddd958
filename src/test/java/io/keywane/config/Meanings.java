package io.keywane.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/** What each field of the configuration means, in a sentence or two. */
final class Meanings {
    private static final Path FILE = Path.of("src/test/resources/config/meanings.txt");

    private final Map<String, String> written = new TreeMap<>();

    Meanings() throws IOException {
        for (String line : Files.readAllLines(FILE)) {
            if (!line.startsWith("#")) {
                String[] parts = line.split(": ", 2);
                if (written.put(parts[0], parts[1]) != null) {
                    throw new IllegalArgumentException(parts[0] + " has two meanings in " + FILE);
                }
            }
        }
    }

    Set<String> fields() {
        return written.keySet();
    }

    /** What a field means; a key's own sections mean what the common ones do, and a secret's place is the same everywhere. */
    String of(String field) {
        if (field.endsWith(".credential")) {
            return "A credential that systemd hands over (LoadCredential= or LoadCredentialEncrypted=).";
        }
        if (!written.containsKey(field) && field.endsWith(".file")) {
            return "A file that holds it and nothing else.";
        }
        if (field.startsWith("keys.*.rotation.") || field.startsWith("keys.*.calibration.")) {
            return "As " + field.substring("keys.*.".length()) + ", for this key.";
        }
        return requireNonNull(written.get(field), () -> field + " has no meaning in " + FILE);
    }
}
