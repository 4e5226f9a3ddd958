package io.keywane.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * The names of the headers that a provider answers with, matched without regard to case. Several names for one meaning
 * are aliases: the first that is present counts.
 *
 * @param limit, remaining, reset the rate limit of the shown window
 * @param deducted credits that the request cost
 * @param balance credits left in the organisation's wallet
 * @param retryAfter seconds to wait after 429 or 503
 */
public record HeaderNames(
        List<String> limit,
        List<String> remaining,
        List<String> reset,
        List<String> deducted,
        List<String> balance,
        List<String> retryAfter) {
    public HeaderNames {
        limit = check("limit", limit);
        remaining = check("remaining", remaining);
        reset = check("reset", reset);
        deducted = check("deducted", deducted);
        balance = check("balance", balance);
        retryAfter = check("retry_after", retryAfter);
    }

    private static List<String> check(String field, List<String> names) {
        requireNonNull(names, field + " is null");
        if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("headers." + field + ": need at least one header name");
        }
        return List.copyOf(names);
    }

    /** All values of the first of these names that is present; empty if none is. */
    static List<String> find(Map<String, List<String>> headers, List<String> names) {
        for (String name : names) {
            List<String> values = find(headers, name);
            if (!values.isEmpty()) {
                return values;
            }
        }
        return List.of();
    }

    /** Several spellings of one name are one header that is repeated. */
    private static List<String> find(Map<String, List<String>> headers, String name) {
        List<String> found = List.of();
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (header.getValue() != null && header.getKey().equalsIgnoreCase(name)) {
                found = joined(found, header.getValue());
            }
        }
        return found;
    }

    private static List<String> joined(List<String> some, List<String> more) {
        if (some.isEmpty()) {
            return more;
        }
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
