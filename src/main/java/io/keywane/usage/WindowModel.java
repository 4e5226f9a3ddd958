package io.keywane.usage;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * How one window of a limiter counts, as an operator declares it.
 *
 * @param limit the limit by which the window is recognised in the headers
 * @param length the window, at least 20 s (the server's Date has whole seconds)
 * @param kind how it counts; only {@link Kind#ROLLING} lets silence be proved
 * @param tolerance how much earlier or later than {@code length} a request may leave the window; reckoned as 3 s at least
 * @param countsAnswered whether Remaining already counts the request that it answers
 * @param reset what the Reset header means
 */
public record WindowModel(
        long limit, Duration length, Kind kind, Duration tolerance, boolean countsAnswered, ResetMeaning reset) {
    private static final Duration SHORTEST = Duration.ofSeconds(20);
    /** Date has whole seconds: the server's clock may be set by so much, and nothing shows it. */
    private static final Duration UNSEEN_STEP = Duration.ofSeconds(3);
    /** How far two clocks in good order go apart: one in so many. */
    private static final long DRIFT = 10_000;
    private static final Duration SHORT_LAG = Duration.ofSeconds(6);
    private static final Duration LONG_LAG = Duration.ofMinutes(1);

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

    /** A younger request, by this host's clock, is certainly in the window. */
    Duration inside() {
        return length.minus(edge());
    }

    /** An older request, by this host's clock, has certainly left the window. */
    public Duration outside() {
        return length.plus(edge());
    }

    /** How far from the length the age of a request may be when it leaves, as this host's clock measures it. */
    Duration edge() {
        return max(tolerance, UNSEEN_STEP).plus(drift());
    }

    /** How far the server's clock and ours may go apart within the window. */
    Duration drift() {
        return length.dividedBy(DRIFT);
    }

    /** How long a counted request may take to show in the counter: what is assumed of the limiter, for no header tells. */
    Duration lag() {
        Duration usual = min(max(SHORT_LAG, length.dividedBy(60)), LONG_LAG);
        return min(usual, length.dividedBy(10));
    }

    /** How long after a silent sample the next one still sees what the first did not show yet. */
    Duration reach() {
        return kind == Kind.FIXED ? length : inside().minus(lag());
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
