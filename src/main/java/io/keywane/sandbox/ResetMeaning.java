package io.keywane.sandbox;

import java.util.Locale;

/** What {@code X-RateLimit-Reset} means where windows roll or are smoothed; a fixed one resets at its own end. */
public enum ResetMeaning {
    /** Now plus the window: when everything counted so far will have left. */
    NOW,
    /**
     * The oldest counted request plus the window: when the next one leaves. In buckets its bucket's start; under
     * {@link WindowModel#GCRA} when all has drained; under {@link WindowModel#WEIGHTED} the end of the current window.
     */
    OLDEST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
