package io.keywane.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The limiter of one key and group: several windows at once, a request is admitted only if all admit it. Judging and
 * counting are one step under the limiter's own lock, so that no burst passes a limit.
 */
final class Limiter {
    static final int TOO_MANY_REQUESTS = 429;

    private final RateSettings rates;
    private final RefusalSettings refusals;
    private final List<WindowLimit> limits;
    private final List<WindowCounter> windows = new ArrayList<>();

    Limiter(RateSettings rates, RefusalSettings refusals, LimiterGroup group) {
        this.rates = rates;
        this.refusals = refusals;
        this.limits = rates.of(group);
        for (WindowLimit limit : limits) {
            windows.add(rates.model().open(limit, rates.reset()));
        }
    }

    /**
     * Judges one request.
     *
     * @param otherwise settles the request if it is admitted and returns its status; runs under this limiter's lock
     */
    synchronized Ruling judge(InstantSource clock, IntSupplier otherwise) {
        Instant now = clock.instant();
        int status = untilAdmitted(now).isZero() ? otherwise.getAsInt() : TOO_MANY_REQUESTS;
        return settle(now, status);
    }

    /** Records a request that was refused before it came to the limiter, as far as such requests count. */
    synchronized Ruling refuse(InstantSource clock, int status) {
        return settle(clock.instant(), status);
    }

    private Ruling settle(Instant now, int status) {
        boolean counted = refusals.counts(status);
        RateReading before = read(now);
        if (counted) {
            windows.forEach(window -> window.count(now));
        }
        RateReading reading = counted && rates.countsAnswered() ? read(now) : before;
        return new Ruling(now, status, counted, reading, untilAdmitted(now));
    }

    private Duration untilAdmitted(Instant now) {
        Duration longest = Duration.ZERO;
        for (WindowCounter window : windows) {
            Duration wait = Duration.between(now, window.admits(now));
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        return longest;
    }

    private RateReading read(Instant now) {
        RateReading shown = read(0, now);
        if (rates.shown() == ShownWindow.FIRST) {
            return shown;
        }
        for (int i = 1; i < windows.size(); i++) {
            RateReading reading = read(i, now);
            shown = reading.share() < shown.share() ? reading : shown;
        }
        return shown;
    }

    private RateReading read(int index, Instant now) {
        int limit = limits.get(index).limit();
        WindowCounter window = windows.get(index);
        return new RateReading(limit, Math.max(0, limit - window.used(now)), window.reset(now));
    }
}
