package io.keywane.sandbox;

/** A control operation that was refused or did not arrive; carries the HTTP status that stands for the cause. */
public final class SandboxControlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public SandboxControlException(int status, String message) {
        super(message);
        this.status = status;
    }

    public SandboxControlException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** 400 bad value, 401 bad token, 403 not from loopback, 404 no such thing; 0 if there was no answer. */
    public int status() {
        return status;
    }
}
