package io.keywane.rotation;

/** An operator's command does not fit the state it met. The message says why, the hint says what would. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    public RefusedException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public String hint() {
        return hint;
    }
}
