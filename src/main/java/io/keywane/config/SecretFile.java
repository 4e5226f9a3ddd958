package io.keywane.config;

import java.nio.file.Path;

/** Reads where a secret lies: in a file, or in a credential that systemd hands over, which is a file, too. Never the secret. */
final class SecretFile {
    private static final String CREDENTIALS_DIRECTORY = "CREDENTIALS_DIRECTORY";
    private static final String WAY_OUT = "write {file: PATH} or, for a systemd credential, {credential: NAME}";

    private SecretFile() {}

    /**
     * A place that must be given.
     *
     * @param noun what lies there, for messages
     */
    static Field<Path> required(YamlSection parent, String name, String noun) {
        return parent.isPlain(name)
                ? plain(parent, name, noun)
                : read(parent, name, parent.requiredSection(name));
    }

    /** A place that may be left out. */
    static Field<Path> optional(YamlSection parent, String name, String noun) {
        if (parent.isPlain(name)) {
            return plain(parent, name, noun);
        }
        Field<Path> read = read(parent, name, parent.section(name));
        return parent.has(name) ? read : Field.absent();
    }

    private static Field<Path> plain(YamlSection parent, String name, String noun) {
        return parent.reject(name, "must say where the " + noun + " lies, and never hold it", WAY_OUT);
    }

    private static Field<Path> read(YamlSection parent, String name, YamlSection section) {
        Field<Path> file = section.path("file");
        Field<Path> credential = section.text("credential", text -> credential(section, text));
        Field<Path> chosen = file.isAbsent() ? credential : file;
        Field<Path> read = section.build(chosen::get);
        if (file.isPresent() && !credential.isAbsent()) {
            return parent.reject(name, "has both file and credential", "keep one of them");
        }
        if (parent.has(name) && file.isAbsent() && credential.isAbsent()) {
            return parent.reject(name, "names no place", WAY_OUT);
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
