package io.keywane.usage;

/** Why a request of our own is sent. */
public enum ProbeKind {
    /** Free and authenticated: proves the key and shows a group's counters. */
    LIVENESS,
    /** Metered and authenticated: shows the organisation's wallet. */
    BALANCE,
    /** Free and authenticated, for something that is not there: does a refused request count? */
    MISSING,
    /** Public, without a key: is the API reachable at all? */
    CONTROL
}
