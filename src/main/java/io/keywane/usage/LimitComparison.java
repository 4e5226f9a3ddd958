package io.keywane.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Whether two keys have the same limit in one group. A server with several windows may show either of them, so another
 * number is a proof of difference only where it stands for a window of the same length.
 *
 * <p>The length shows in the Reset of a key that nobody but us has used yet: it lies one window after our first request,
 * or after the latest.
 *
 * @param verdict what is proven
 * @param words what was shown, for people; empty where it is the same
 */
public record LimitComparison(Verdict verdict, String words) {
    /** Of a window, how much a new key may have been used before, by us, for its length to show. */
    private static final int SHORT_USE = 4;

    /** What is proven. */
    public enum Verdict {
        SAME, DIFFERENT, UNKNOWN
    }

    public LimitComparison {
        requireNonNull(verdict, "verdict is null");
        requireNonNull(words, "words is null");
    }

    /**
     * Compares what two keys were shown just now.
     *
     * @param windows what is known of the group's windows
     * @param age how long ago the new key was first used, at most
     */
    public static LimitComparison of(List<WindowModel> windows, AnswerHeaders old, AnswerHeaders next, Duration age) {
        Optional<RateLimitReading> before = old.rateLimit();
        Optional<RateLimitReading> after = next.rateLimit();
        if (before.isEmpty() || after.isEmpty()) {
            return new LimitComparison(Verdict.UNKNOWN, "no limit is shown");
        }
        if (before.get().limit() == after.get().limit()) {
            return new LimitComparison(Verdict.SAME, "");
        }
        String shown = after.get().limit() + " for the new key and " + before.get().limit() + " for the old one";
        boolean isProven = windows.stream().filter(window -> window.limit() == before.get().limit()).findFirst()
                .filter(_ -> windows.stream().noneMatch(window -> window.kind() == WindowModel.Kind.FIXED))
                .filter(window -> isOfItsLength(window, after.get(), next.date(), age)).isPresent();
        return isProven
                ? new LimitComparison(Verdict.DIFFERENT, shown)
                : new LimitComparison(Verdict.UNKNOWN, shown + ", which may be two windows");
    }

    private static boolean isOfItsLength(WindowModel window, RateLimitReading next, Optional<Instant> date,
            Duration age) {
        if (date.isEmpty() || age.compareTo(window.length().dividedBy(SHORT_USE)) > 0) {
            return false;
        }
        Duration left = Duration.between(date.get(), next.reset());
        boolean isShorter = left.plus(age).plus(window.edge()).compareTo(window.length()) < 0;
        boolean isLonger = left.minus(window.edge()).compareTo(window.length()) > 0;
        return !isShorter && !isLonger;
    }
}
