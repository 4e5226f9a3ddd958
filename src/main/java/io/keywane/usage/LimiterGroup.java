package io.keywane.usage;

import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * Name of one of the API's independent rate limiters, such as {@code general} or {@code feed}. Use counted by one does
 * not show in another, so silence must be shown in each.
 */
public record LimiterGroup(String value) implements Comparable<LimiterGroup> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    public LimiterGroup {
        requireNonNull(value, "value is null");
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException("invalid limiter group \"" + value
                    + "\": need up to 32 lower-case letters, digits, '-' or '_', starting with a letter");
        }
    }

    @Override
    public int compareTo(LimiterGroup other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
