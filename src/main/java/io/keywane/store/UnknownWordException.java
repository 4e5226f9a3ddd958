package io.keywane.store;

/** A row holds a word or a format that this version of keywane does not know. */
final class UnknownWordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownWordException(String message) {
        super(message);
    }
}
