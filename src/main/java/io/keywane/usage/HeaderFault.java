package io.keywane.usage;

/** Why the rate-limit headers of an answer make no reading. Never a crash, never a zero. */
public enum HeaderFault {
    MISSING,
    REPEATED,
    NOT_A_NUMBER,
    OUT_OF_RANGE,
    /** The answer has an {@code Age}: some cache gave it, and its counters are of another time. */
    CACHED
}
