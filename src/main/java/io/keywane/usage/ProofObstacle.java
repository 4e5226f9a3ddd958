package io.keywane.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import static java.util.Objects.requireNonNull;

/** What keeps a cadence of probes from proving silence, or delays it: for status, with the way out. */
public sealed interface ProofObstacle {
    /** Its word, for JSON. */
    String word();

    /** The same for people. */
    String sentence();

    /** The headers show a limit of which no window is known. */
    record NoWindow(long limit) implements ProofObstacle {
        @Override
        public String word() {
            return "no_window";
        }

        @Override
        public String sentence() {
            return "no window is known for the limit " + limit + " that the headers show: calibrate or declare it";
        }
    }

    /** The shown window drops all requests together, so what came after the last sample before that is never seen. */
    record NotRolling(Duration window) implements ProofObstacle {
        public NotRolling {
            requireNonNull(window, "window is null");
        }

        @Override
        public String word() {
            return "not_rolling";
        }

        @Override
        public String sentence() {
            return "the shown window of " + brief(window) + " is fixed: use just before its reset is never seen";
        }
    }

    /**
     * Our share of a limit holds fewer own requests than the sparsest proof needs.
     *
     * @param needed own requests in any {@code window}
     * @param limit the limit of that window
     * @param share what the policy grants
     */
    record ShareTooSmall(long needed, Duration window, long limit, double share) implements ProofObstacle {
        public ShareTooSmall {
            requireNonNull(window, "window is null");
        }

        /** The least share that would do, rounded up to what a person would type. */
        public double neededShare() {
            int digits = 2 + (int) Math.floor(Math.log10((double) limit / needed));
            BigDecimal exact = BigDecimal.valueOf(needed).divide(BigDecimal.valueOf(limit), 20, RoundingMode.CEILING);
            return exact.setScale(Math.max(2, digits), RoundingMode.CEILING).doubleValue();
        }

        @Override
        public String word() {
            return "share_too_small";
        }

        @Override
        public String sentence() {
            return "a proof needs " + needed + " own requests in " + brief(window) + ", but share_of_limit "
                    + plain(share) + " of " + limit + " allows " + Math.max(1, (long) Math.floor(limit * share))
                    + ": share_of_limit " + plain(neededShare()) + " would do";
        }

        private static String plain(double share) {
            return BigDecimal.valueOf(share).stripTrailingZeros().toPlainString();
        }
    }

    /** So little is left of the limit that our probes wait, lest a consumer be refused because of them. */
    record ReserveReached(long remaining, long limit, long reserve, Instant until) implements ProofObstacle {
        public ReserveReached {
            requireNonNull(until, "until is null");
        }

        @Override
        public String word() {
            return "reserve_reached";
        }

        @Override
        public String sentence() {
            return remaining + " of " + limit + " requests are left and " + reserve
                    + " are kept for consumers: no own request before " + seconds(until);
        }
    }

    /** A longer window than the shortest known is shown, and others' requests are still in it. */
    record LongWindowShown(Duration window, Instant until) implements ProofObstacle {
        public LongWindowShown {
            requireNonNull(window, "window is null");
            requireNonNull(until, "until is null");
        }

        @Override
        public String word() {
            return "long_window_shown";
        }

        @Override
        public String sentence() {
            return "the headers show the window of " + brief(window)
                    + ", and others' requests are still in it: without further use they have left by " + seconds(until);
        }
    }

    /** The wallet cannot be looked into, so it is not known whether requests were refused for want of credit. */
    record CreditsTooFew(long cost, long perDay) implements ProofObstacle {
        @Override
        public String word() {
            return "credits_too_few";
        }

        @Override
        public String sentence() {
            return "a look into the wallet costs " + cost + ", but credits_per_day allows " + perDay
                    + " in 24 hours: credits_per_day " + cost + " would do for one a day";
        }
    }

    private static Instant seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String brief(Duration span) {
        if (span.toMinutes() >= 60 && span.toSeconds() % 3_600 == 0) {
            return span.toHours() + "h";
        }
        return span.toSeconds() > 90 && span.toSeconds() % 60 == 0 ? span.toMinutes() + "m" : span.toSeconds() + "s";
    }
}
