package io.keywane.usage;

import java.time.Duration;

/**
 * What our own probing may cost; the budget wins over every wish to know more.
 *
 * @param creditsPerDay credits in any 24 hours, for each organisation
 * @param shareOfLimit share of a key's rate limit that own requests may use
 */
public record ProbeBudget(long creditsPerDay, double shareOfLimit) {
    /** The window of {@code creditsPerDay}. */
    public static final Duration DAY = Duration.ofDays(1);

    /** Whether a metered probe may be sent, after so many credits were spent in the last 24 hours. */
    public boolean allowsCredits(long spent, long cost) {
        return spent + cost <= creditsPerDay;
    }

    /**
     * Whether another own request fits into the shown window: our share is not used up, and enough is left that our request
     * cannot be the one for which a consumer is refused.
     *
     * @param reading the latest reading
     * @param own own requests that may be in that window
     */
    public boolean allowsRequest(RateLimitReading reading, long own) {
        long allowed = Math.max(1, (long) Math.floor(reading.limit() * shareOfLimit));
        return own < allowed && reading.remaining() > reserve(reading);
    }

    /** Requests that are left to the consumers: a twentieth of the limit. */
    private static long reserve(RateLimitReading reading) {
        return reading.limit() / 20;
    }
}
