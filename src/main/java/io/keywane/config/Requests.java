package io.keywane.config;

import io.keywane.engine.ProviderProfile.RequestTemplate;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a request such as {@code GET /api/jobs/expired?limit=1}. */
final class Requests {
    private static final Pattern SHAPE = Pattern.compile("([A-Z]+) (/[^\\s#]*)");

    private Requests() {}

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if the text is no request without a body to a path of the API
     */
    static RequestTemplate parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || matcher.group(2).startsWith("//")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no request; write it as GET /api/jobs/expired?limit=1");
        }
        try {
            new URI(matcher.group(2));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("has a path with characters that must be percent-encoded", e);
        }
        return new RequestTemplate(matcher.group(1), matcher.group(2));
    }
}
