package io.keywane.daemon;

import java.io.IOException;

/** A call of the C library failed. The message names the call and says why in the system's words. */
final class NativeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    NativeException(String function, int errno) {
        super(function + ": " + NativeFunction.describe(errno) + " (errno " + errno + ")");
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
