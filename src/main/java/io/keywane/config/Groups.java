package io.keywane.config;

import java.util.regex.Pattern;

/** Reads the names of this host's groups. Whether a group exists is found out when it is used. */
final class Groups {
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    private Groups() {}

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if no group can have this name
     */
    static String check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a group of this host");
        }
        return name;
    }
}
