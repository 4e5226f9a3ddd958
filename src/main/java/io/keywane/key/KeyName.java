package io.keywane.key;

/**
 * Stable name of a managed key, such as {@code search-production}.
 *
 * <p>It does not change when the key's value does; safe as a file name and as a metric label.
 */
public record KeyName(String value) implements Comparable<KeyName> {
    public KeyName {
        Names.check("key name", value);
    }

    @Override
    public int compareTo(KeyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
