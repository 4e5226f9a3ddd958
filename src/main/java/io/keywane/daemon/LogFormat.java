package io.keywane.daemon;

import java.util.Locale;

/** How log lines are written. */
public enum LogFormat {
    /** For people: one line an event, stack traces below it. */
    TEXT,
    /** For machines: one JSON object a line. */
    JSON;

    /** The format of a word of the configuration. */
    public static LogFormat of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("log format \"" + word + "\" must be text or json");
        };
    }
}
