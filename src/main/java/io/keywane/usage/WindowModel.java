package io.keywane.usage;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * How one window of a limiter counts, as an operator declares it.
 *
 * @param limit the limit by which the window is recognised in the headers
 * @param length the window, at least 20 s (the server's Date has whole seconds)
 * @param kind how it counts; only {@link Kind#ROLLING} lets silence be proved
 * @param tolerance how much earlier or later than {@code length} a request may leave the window
 * @param countsAnswered whether Remaining already counts the request that it answers
 * @param reset what the Reset header means
 */
public record WindowModel(
        long limit, Duration length, Kind kind, Duration tolerance, boolean countsAnswered, ResetMeaning reset) {
    private static final Duration SHORTEST = Duration.ofSeconds(20);

    /** How a window counts. */
    public enum Kind {
        /** Each request leaves the count one window length after it came in. */
        ROLLING,
        /** All requests leave the count together when the window ends; its tail is never seen, so nothing is claimed. */
        FIXED
    }

    /** What the Reset header means in a rolling window. */
    public enum ResetMeaning {
        /** Now plus the window length. */
        NOW_PLUS_WINDOW,
        /** The oldest counted request plus the window length: a second witness of silence. */
        OLDEST_PLUS_WINDOW,
        /** Not known; Reset is not used. */
        UNKNOWN
    }

    public WindowModel {
        requireNonNull(length, "length is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(tolerance, "tolerance is null");
        requireNonNull(reset, "reset is null");
        if (limit <= 0) {
            throw new IllegalArgumentException("limit must be above 0, is " + limit);
        }
        if (length.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("length must be at least 20s (the API's Date has whole seconds)");
        }
        if (tolerance.isNegative() || tolerance.multipliedBy(4).compareTo(length) >= 0) {
            throw new IllegalArgumentException("tolerance must be from 0 to less than a quarter of the length");
        }
    }
}
