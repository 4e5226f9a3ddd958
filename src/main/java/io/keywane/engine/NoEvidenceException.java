package io.keywane.engine;

/** No bundle can be written that holds when it is checked. The message says why. */
final class NoEvidenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoEvidenceException(String message) {
        super(message);
    }
}
