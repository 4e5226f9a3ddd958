package io.keywane.rotation;

/** How what consumers of this host read compares with the store's current key. */
public enum Publication {
    /** This key is not published by Keywane; consumers read the store. */
    NOT_CONFIGURED,
    /** Nothing is published yet, as after a boot. */
    ABSENT,
    /** Consumers read the current key. */
    MATCHES,
    /** Consumers read something else. */
    DIFFERS
}
