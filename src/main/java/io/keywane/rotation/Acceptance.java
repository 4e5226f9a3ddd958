package io.keywane.rotation;

/** What is known of the API's attitude to one key version. */
public enum Acceptance {
    /** Not probed yet, or only without an answer. */
    UNPROVEN,
    /** The latest conclusive answer was an authenticated one. */
    ACCEPTED,
    /** Refused, not yet confirmed. */
    SUSPECTED,
    /** Refused again by confirming probes while the control request worked. */
    REFUSED,
    /** Refused, but so is every key of the organisation: perhaps a proxy strips the header. Nothing follows. */
    AMBIGUOUS
}
