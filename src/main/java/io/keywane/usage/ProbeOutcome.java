package io.keywane.usage;

/** What the answer to a probe says of the key it carried. Only a confirmed {@link #REJECTED} condemns a key. */
public enum ProbeOutcome {
    VALID,
    VALID_WITHOUT_CREDIT,
    VALID_PLAN_LIMITED,
    VALID_RATE_LIMITED,
    REJECTED,
    /** Nothing is known: no answer, a server error, a redirect, or an answer that is not the API's. */
    UNKNOWN;

    /** The meaning of an HTTP status of the API (its published error table). */
    public static ProbeOutcome ofStatus(int status) {
        if (status >= 200 && status < 300) {
            return VALID;
        }
        return switch (status) {
            case 401 -> REJECTED;
            case 402 -> VALID_WITHOUT_CREDIT;
            case 403 -> VALID_PLAN_LIMITED;
            case 404 -> VALID;
            case 429 -> VALID_RATE_LIMITED;
            default -> UNKNOWN;
        };
    }

    /** Whether the API accepted the key: an authenticated answer, whatever became of the request. */
    public boolean isAccepted() {
        return this != REJECTED && this != UNKNOWN;
    }
}
