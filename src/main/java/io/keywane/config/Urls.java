package io.keywane.config;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses of servers as they stand in the file. */
final class Urls {
    private Urls() {}

    /**
     * The address without the slash at its end.
     *
     * @param example what one looks like
     */
    static URI of(String text, String example) {
        try {
            return new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be a URL, as in " + example, e);
        }
    }
}
