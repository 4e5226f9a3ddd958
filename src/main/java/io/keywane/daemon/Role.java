package io.keywane.daemon;

/** What a peer of the operator socket may do. */
public enum Role {
    /** May look. */
    READER,
    /** May look and change things. */
    OPERATOR
}
