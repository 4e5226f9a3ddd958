package io.keywane.key;

/** A value was offered as a key that cannot be one. The message names the rule, never the value. */
public final class InvalidKeyMaterialException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final KeyFault fault;

    public InvalidKeyMaterialException(KeyFault fault) {
        super(fault.message());
        this.fault = fault;
    }

    /** The broken rule. */
    public KeyFault fault() {
        return fault;
    }
}
