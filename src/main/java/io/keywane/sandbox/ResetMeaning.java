package io.keywane.sandbox;

import java.util.Locale;

/** What {@code X-RateLimit-Reset} means where windows roll; a fixed window always resets at its own end. */
public enum ResetMeaning {
    /** Now plus the window: when everything counted so far will have left. */
    NOW,
    /** The oldest counted request plus the window: when the next one leaves. */
    OLDEST;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
