package io.keywane.control;

import java.util.regex.Pattern;

/**
 * Recognises text that shows more of a key value than the public prefix (12 characters), so that it is refused instead
 * of being printed or audited.
 */
public final class KeyLike {
    private static final Pattern VALUE = Pattern.compile("jbe_[A-Za-z0-9]{1,16}_[A-Za-z0-9_-]{8,}");
    /** Longer than any name or identity of ours, without a blank or a mark that paths, dates and sentences have. */
    private static final Pattern LONG_TOKEN = Pattern.compile("[A-Za-z0-9_+=-]{40,}");

    private KeyLike() {}

    /** Whether a value of the vendor's shape, or a large part of one, stands anywhere in the text. */
    public static boolean isFoundIn(String text) {
        return VALUE.matcher(text).find();
    }

    /** Whether the whole text could be a key of another shape: one long token. */
    public static boolean isLongToken(String text) {
        return LONG_TOKEN.matcher(text).matches();
    }
}
