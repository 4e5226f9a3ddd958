package io.keywane.usage;

/** What is known of a request of our own. */
public enum OwnFate {
    /** Written to the ledger; perhaps sent. */
    PENDING,
    /** Answered with valid limit headers and a status that counts: certainly counted once. */
    COUNTED,
    /** Anything else: counted once or not at all. */
    UNKNOWN
}
