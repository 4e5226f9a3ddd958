package io.keywane.config;

import io.keywane.usage.HeaderNames;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the names of HTTP headers. */
final class HeaderFields {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    /** Headers that the HTTP client keeps for itself. */
    private static final Set<String> RESERVED = Set.of("connection", "content-length", "expect", "host", "upgrade",
            "accept", "user-agent", "cache-control");

    private HeaderFields() {}

    static Field<HeaderNames> read(YamlSection section, HeaderNames builtIn) {
        Field<List<String>> limit = names(section, "limit", builtIn.limit());
        Field<List<String>> remaining = names(section, "remaining", builtIn.remaining());
        Field<List<String>> reset = names(section, "reset", builtIn.reset());
        Field<List<String>> deducted = names(section, "deducted", builtIn.deducted());
        Field<List<String>> balance = names(section, "balance", builtIn.balance());
        Field<List<String>> retryAfter = names(section, "retry_after", builtIn.retryAfter());
        return section.build(() -> new HeaderNames(limit.get(), remaining.get(), reset.get(), deducted.get(),
                balance.get(), retryAfter.get()));
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if a key cannot be sent under this name
     */
    static String keyHeader(String name) {
        if (!TOKEN.matcher(name).matches() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("\"" + name + "\" is no header that can carry a key, as X-Api-Key can");
        }
        return name;
    }

    private static Field<List<String>> names(YamlSection section, String field, List<String> builtIn) {
        Field<List<String>> names = section.texts(field, HeaderFields::header).or(builtIn);
        return names.isPresent() && names.get().isEmpty()
                ? section.reject(field, "names no header", "name at least one, or leave the field out")
                : names;
    }

    private static String header(String name) {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a header");
        }
        return name;
    }
}
