package io.keywane.sandbox;

import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What the limiter does with refused requests, since the vendor promises nothing for 4xx. Each set holds 4xx
 * statuses; a 401 to an unknown or missing key has no limiter and therefore never counts nor carries headers.
 *
 * @param counted statuses that count against the key's windows
 * @param withHeaders statuses whose answers carry the rate-limit headers
 */
public record RefusalSettings(Set<Integer> counted, Set<Integer> withHeaders) {

    public RefusalSettings {
        counted = refusals("counted", counted);
        withHeaders = refusals("withHeaders", withHeaders);
    }

    /** No refused request counts; only 429 carries the headers. */
    public static RefusalSettings standard() {
        return new RefusalSettings(Set.of(), Set.of(429));
    }

    boolean counts(int status) {
        return isSuccess(status) || counted.contains(status);
    }

    boolean carriesHeaders(int status) {
        return isSuccess(status) || withHeaders.contains(status);
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static Set<Integer> refusals(String name, Set<Integer> statuses) {
        requireNonNull(statuses, name + " is null");
        for (int status : statuses) {
            if (status < 400 || status > 499) {
                throw new IllegalArgumentException(name + ": " + status + " is not a 4xx status");
            }
        }
        return Set.copyOf(statuses);
    }
}
