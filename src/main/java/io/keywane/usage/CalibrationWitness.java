package io.keywane.usage;

import java.util.Locale;

/**
 * What rules out that somebody used the key exactly once per window while it was measured. Such use is constant in every
 * count, so the count alone cannot tell it from a Remaining that counts the answered request.
 */
public enum CalibrationWitness {
    /** None is needed: Remaining was higher than it could be if it counted the answered request. */
    REMAINING,
    /** Reset named our own oldest request, at phases that leave no place for anybody else's. */
    RESET,
    /** Another group of the same key counts in the same way. */
    OTHER_GROUP,
    /** Nothing rules it out. */
    NONE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
