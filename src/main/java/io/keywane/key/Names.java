package io.keywane.key;

import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/** The one rule for names that people give to things: safe in paths, labels and URLs. */
final class Names {
    static final String RULE = "1 to 63 characters: lower-case letters, digits and '-', starting with a letter or digit";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Names() {}

    static String check(String kind, String value) {
        requireNonNull(value, kind + " is null");
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("invalid " + kind + " \"" + value + "\": need " + RULE);
        }
        return value;
    }
}
