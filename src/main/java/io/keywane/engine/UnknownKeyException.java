package io.keywane.engine;

import io.keywane.key.KeyName;

/** A command names a key that is not configured. */
public final class UnknownKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownKeyException(KeyName key) {
        super("no key " + key + " is configured");
    }
}
