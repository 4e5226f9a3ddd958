package io.keywane.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** One node's counters of one key and group: the windows, and what was counted but does not show yet. */
final class LimiterNode {
    private final RateSettings rates;
    private final List<WindowCounter> windows = new ArrayList<>();
    private final Queue<Instant> unseen = new ArrayDeque<>();
    private List<WindowLimit> limits;

    LimiterNode(RateSettings rates, List<WindowLimit> limits) {
        this.rates = rates;
        this.limits = limits;
        for (WindowLimit limit : limits) {
            windows.add(rates.model().open(limit, rates.reset()));
        }
    }

    /** Other limits of the same windows from now on; what is counted stays. */
    void change(List<WindowLimit> value) {
        limits = value;
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).change(value.get(i).limit());
        }
    }

    Duration untilAdmitted(Instant now) {
        show(now);
        Duration longest = Duration.ZERO;
        for (WindowCounter window : windows) {
            Duration wait = Duration.between(now, window.admits(now));
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        return longest;
    }

    void count(Instant now) {
        Duration lag = rates.topology().lag();
        if (lag.isZero()) {
            windows.forEach(window -> window.count(now));
            return;
        }
        unseen.add(now.plus(lag));
    }

    /**
     * What the headers say.
     *
     * @param answered whether the request that is answered was just counted and is to be seen
     */
    RateReading read(Instant now, boolean answered) {
        show(now);
        int extra = answered && !rates.topology().lag().isZero() ? 1 : 0;
        return switch (rates.shown()) {
            case TIGHTEST -> tightest(now, extra);
            case FIRST -> read(0, now, extra);
            case LAST -> read(windows.size() - 1, now, extra);
        };
    }

    private void show(Instant now) {
        Instant due = unseen.peek();
        while (due != null && !due.isAfter(now)) {
            Instant at = due;
            windows.forEach(window -> window.count(at));
            unseen.remove();
            due = unseen.peek();
        }
    }

    private RateReading tightest(Instant now, int extra) {
        RateReading shown = read(0, now, extra);
        for (int i = 1; i < windows.size(); i++) {
            RateReading reading = read(i, now, extra);
            shown = reading.share() < shown.share() ? reading : shown;
        }
        return shown;
    }

    private RateReading read(int index, Instant now, int extra) {
        int limit = limits.get(index).limit();
        WindowCounter window = windows.get(index);
        return new RateReading(limit, Math.max(0, limit - window.used(now) - extra), window.reset(now));
    }
}
