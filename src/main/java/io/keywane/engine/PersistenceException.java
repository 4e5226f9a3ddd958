package io.keywane.engine;

/** State, audit or history could not be written or read. The message names the file and the way out. */
public final class PersistenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PersistenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
