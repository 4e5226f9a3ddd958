package io.keywane.store;

import java.io.IOException;

/** A file was, or may have been, put in place, but whether it survives a power cut is not known. */
final class NotDurableException extends IOException {
    private static final long serialVersionUID = 1L;

    NotDurableException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
