package io.keywane.sandbox;

import java.util.Locale;

/** The two independent limiters of a key; traffic in one never shows in the other. */
public enum LimiterGroup {
    GENERAL, FEED;

    /** The name on the wire and in the ground truth, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
