package io.keywane.alert;

import java.util.Locale;

/** How urgent an alert is. */
public enum Severity {
    /** Wakes somebody. */
    CRITICAL,
    /** A ticket for working hours. */
    WARNING;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
