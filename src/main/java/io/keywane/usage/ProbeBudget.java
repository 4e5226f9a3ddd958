package io.keywane.usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What our own probing may cost; the budget wins over every wish to know more.
 *
 * @param creditsPerDay credits in any 24 hours, for each organisation
 * @param shareOfLimit share of a key's rate limit that own requests may use
 */
public record ProbeBudget(long creditsPerDay, double shareOfLimit) {
    /** The window of {@code creditsPerDay}. */
    public static final Duration DAY = Duration.ofDays(1);
    /** Of an unknown limit, the shortest window that it can belong to: it books the fewest own requests. */
    static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
    /** 10000 * 0.0067 is to be 67, not a hair less. */
    private static final double ROUNDING = 1e-9;
    /** Own requests in the shortest window, while a key has shown no limit to take a share of. */
    private static final long WITHOUT_READING = 6;

    /**
     * So many own requests at most in a window.
     *
     * @param span how long a request may stay in the window
     */
    record Allowance(long requests, long limit, Duration window, Duration span) {
        /** How many a steady cadence puts into the span, at worst. */
        long needed(Duration period) {
            return span.dividedBy(period) + 1;
        }
    }

    /** Whether a metered probe may be sent, after so many credits were spent in the last 24 hours. */
    public boolean allowsCredits(long spent, long cost) {
        return spent + cost <= creditsPerDay;
    }

    /** Own requests that a window with this limit may hold: our share of it, but one at least. */
    public long allowed(long limit) {
        return Math.max(1, (long) Math.floor(limit * shareOfLimit + ROUNDING));
    }

    /** Requests that are left to the consumers: a twentieth of the limit. */
    public static long reserve(long limit) {
        return limit / 20;
    }

    /**
     * Whether another own request fits into the shown window: our share is not used up, and enough is left that our request
     * cannot be the one for which a consumer is refused.
     *
     * @param reading the latest reading
     * @param own own requests that may be in that window
     */
    public boolean allowsRequest(RateLimitReading reading, long own) {
        return own < allowed(reading.limit()) && reading.remaining() > reserve(reading.limit());
    }

    /** What is granted in each known window, and for a limit of which no window is known. */
    List<Allowance> allowances(List<WindowModel> windows, Optional<RateLimitReading> reading) {
        List<Allowance> allowances = new ArrayList<>();
        for (WindowModel window : windows) {
            allowances.add(new Allowance(allowed(window.limit()), window.limit(), window.length(),
                    window.length().plus(window.tolerance())));
        }
        if (reading.isEmpty()) {
            allowances.add(new Allowance(WITHOUT_READING, WITHOUT_READING, SHORTEST_WINDOW, SHORTEST_WINDOW));
        }
        reading.map(RateLimitReading::limit).filter(limit -> windows.stream().noneMatch(w -> w.limit() == limit))
                .ifPresent(limit -> allowances
                        .add(new Allowance(allowed(limit), limit, SHORTEST_WINDOW, SHORTEST_WINDOW)));
        return allowances;
    }

    /** From when one more own request leaves every allowance kept, as time since the boot. */
    static Duration roomFrom(List<Allowance> allowances, List<OwnTime> own) {
        List<Duration> latest = own.stream().map(OwnTime::latest).sorted().toList();
        Duration from = Duration.ZERO;
        for (Allowance allowance : allowances) {
            if (latest.size() >= allowance.requests()) {
                Duration leaves = latest.get((int) (latest.size() - allowance.requests())).plus(allowance.span());
                from = leaves.compareTo(from) > 0 ? leaves : from;
            }
        }
        return from;
    }
}
