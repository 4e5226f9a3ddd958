package io.keywane.engine;

import org.jspecify.annotations.Nullable;

/** A call to a store failed. The message names the thing and the way out, and never holds a key. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StoreFailure.Kind kind;

    public StoreException(StoreFailure.Kind kind, String message) {
        this(kind, message, null);
    }

    public StoreException(StoreFailure.Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public StoreFailure.Kind kind() {
        return kind;
    }
}
