package io.keywane.rotation;

import java.util.Locale;

/**
 * A condition that must be met before a leaving key is flagged. Each may be waived by a named person.
 */
public enum Gate {
    /** Consumers had the time to read the new key, counted from its publication. */
    PROPAGATION,
    /** Nobody but us used the old key for the whole quiet period, in every limiter group. */
    QUIET,
    /** The new key carries the load that the old one carried. */
    SWITCH,
    /** The wallet was above zero, so that silence was not forced by refusals. */
    WALLET;

    /** The word that operators type, and that stands in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
