package io.keywane.key;

import java.util.Optional;

/** Why a value cannot be an API key. Each has its own message, and none repeats the value. */
public enum KeyFault {
    EMPTY("the key is empty"),
    TOO_LONG("the key is longer than " + KeyMaterial.MAX_LENGTH + " characters"),
    WHITE_SPACE("the key contains white space; check for a stray line break or a blank pasted with it"),
    CONTROL_CHARACTER("the key contains a control character"),
    NOT_ASCII("the key contains a character outside ASCII; check for typographic quotes or dashes");

    private final String message;

    KeyFault(String message) {
        this.message = message;
    }

    /** What is wrong, for people. */
    public String message() {
        return message;
    }

    /** The first fault of the value, if any. */
    public static Optional<KeyFault> find(byte[] value) {
        if (value.length == 0) {
            return Optional.of(EMPTY);
        }
        if (value.length > KeyMaterial.MAX_LENGTH) {
            return Optional.of(TOO_LONG);
        }
        for (byte b : value) {
            if (b == ' ' || (b >= '\t' && b <= '\r')) {
                return Optional.of(WHITE_SPACE);
            }
            if (b < 0) {
                return Optional.of(NOT_ASCII);
            }
            if (b < ' ' || b == 127) {
                return Optional.of(CONTROL_CHARACTER);
            }
        }
        return Optional.empty();
    }
}
