package io.keywane.rotation;

/** What opened a rotation. */
public enum Trigger {
    OPERATOR,
    AGE,
    /** A leak: skips the quiet period, never the verified replacement. */
    EMERGENCY,
    /** The store serves a key that others put there, and an operator takes it in. */
    ADOPTION,
    /** The former key is put back after its rotation was over. */
    ROLLBACK
}
