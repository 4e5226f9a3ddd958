package io.keywane.engine;

import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/** Name of a configured secret store; also a metric's label. */
public record StoreName(String value) implements Comparable<StoreName> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** The embedded store, which is always there and which keys are in unless they say otherwise. */
    public static final StoreName FILE = new StoreName("file");

    public StoreName {
        requireNonNull(value, "value is null");
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("invalid store name \"" + value
                    + "\": need 1 to 63 characters: lower-case letters, digits and '-', starting with a letter or digit");
        }
    }

    @Override
    public int compareTo(StoreName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
