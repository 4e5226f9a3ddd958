package io.keywane.rotation;

/** What opened a rotation. */
public enum Trigger {
    OPERATOR,
    AGE,
    /** A leak: skips the quiet period, never the verified replacement. */
    EMERGENCY
}
