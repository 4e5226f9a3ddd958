package io.keywane.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads paths: relative ones start from the folder of the configuration file. */
final class Paths {
    private Paths() {}

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if the text is no path of this host
     */
    static Path resolve(Path folder, String text) {
        if (text.startsWith("~") || text.contains("$")) {
            throw new IllegalArgumentException("\"" + text + "\" is taken as it stands: '~' and '$' are not expanded;"
                    + " write the path out");
        }
        try {
            return folder.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is no path of this host", e);
        }
    }
}
