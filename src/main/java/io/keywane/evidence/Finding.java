package io.keywane.evidence;

import static java.util.Objects.requireNonNull;

/**
 * One thing that a check of a bundle looked at.
 *
 * @param good whether it holds
 * @param subject what was looked at, such as {@code silence of general}
 * @param text what was found, for people
 */
public record Finding(boolean good, String subject, String text) {
    public Finding {
        requireNonNull(subject, "subject is null");
        requireNonNull(text, "text is null");
    }

    /** The file itself is not whole. */
    public static Finding damaged(String text) {
        return bad("file", text);
    }

    static Finding good(String subject, String text) {
        return new Finding(true, subject, text);
    }

    static Finding bad(String subject, String text) {
        return new Finding(false, subject, text);
    }
}
