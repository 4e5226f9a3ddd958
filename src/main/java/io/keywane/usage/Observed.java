package io.keywane.usage;

import java.util.Locale;

/** What was seen of a question that has two answers. */
public enum Observed {
    YES,
    NO,
    /** It was not looked at, or what was seen did not tell. */
    UNKNOWN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
