package io.keywane.usage;

/** Why a probe has outcome {@link ProbeOutcome#UNKNOWN}; also the metric's {@code reason} label. */
public enum ProbeFailure {
    TIMEOUT,
    CONNECTION_REFUSED,
    NAME_NOT_RESOLVED,
    TLS,
    CONNECTION_LOST,
    SERVER_ERROR,
    REDIRECT,
    /** An answer, but not the API's: HTML of a proxy, a cached copy, an unexpected status. */
    NOT_THE_API,
    /** Not sent: the key could not be read from the store. */
    KEY_NOT_READABLE,
    /** Not sent, or not counted on: the own-request ledger could not be written. */
    LEDGER_NOT_WRITABLE,
    /** Not sent: a key of the sandbox goes to this host only. */
    SANDBOX_KEY
}
