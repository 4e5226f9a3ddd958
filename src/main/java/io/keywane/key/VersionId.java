package io.keywane.key;

import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * Identity of one concrete value of a managed key.
 *
 * <p>32 to 64 lower-case hexadecimal digits: it also serves as AWS' {@code ClientRequestToken} and as the idempotency
 * token of everything that is done with the value. It is drawn at random or derived by a keyed hash, never from the
 * value alone.
 */
public record VersionId(String value) implements Comparable<VersionId> {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{32,64}");

    public VersionId {
        requireNonNull(value, "value is null");
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("invalid version id \"" + value + "\": need 32 to 64 digits 0-9a-f");
        }
    }

    /** The first eight digits, for people; not unique for ever. */
    public String brief() {
        return value.substring(0, 8);
    }

    @Override
    public int compareTo(VersionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
