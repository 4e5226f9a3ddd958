package io.keywane.key;

import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * Keyed hash of a key value: tells whether two values are equal without holding either.
 *
 * <p>16 hexadecimal digits of HMAC-SHA-256 under a pepper of the installation, so it cannot be guessed from outside.
 * May stand in state and audit; never in a metric label.
 */
public record Fingerprint(String value) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{16}");

    public Fingerprint {
        requireNonNull(value, "value is null");
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("invalid fingerprint \"" + value + "\": need 16 digits 0-9a-f");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
