package io.keywane.sandbox;

import java.util.Locale;

/** Which of a limiter's windows the rate-limit headers show. The vendor does not say, so each is offered. */
public enum ShownWindow {
    /** The window with the smallest remaining share of its limit; of equals, the shortest. */
    TIGHTEST,
    /** Always the shortest window. */
    FIRST,
    /** Always the longest window. */
    LAST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
