package io.keywane.engine;

/** How a call to a store failed. */
public final class StoreFailure {
    private StoreFailure() {}

    /** The kinds that callers tell apart; also the metric's {@code reason} label. */
    public enum Kind {
        /** The store has moved on since the expected revision, or holds another value under this version. */
        CONFLICT,
        /** No such key or version. */
        NOT_FOUND,
        /** The right is missing. */
        DENIED,
        /** Not reachable, sealed, throttled or out of space; nothing was changed. */
        UNAVAILABLE,
        /** What is stored cannot be read: damaged, or sealed under another key-encryption key. */
        DAMAGED,
        /** The calls before the switch took so long that its proof is no longer fresh; consumers read what they read. */
        STALE_PROOF,
        /** No answer: the change may or may not have happened. Read back. */
        UNKNOWN_OUTCOME
    }
}
