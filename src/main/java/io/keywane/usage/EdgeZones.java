package io.keywane.usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The times at which a sample would find an own request at the edge of a rolling window, so that nobody could say whether
 * the window still holds it.
 */
final class EdgeZones {
    /** Beside the window's tolerance: the server's whole seconds, and the flight of a request. */
    private static final Duration MARGIN = Duration.ofMillis(1_200);
    /** The server's clock and ours may drift apart by one second in so many. */
    private static final long DRIFT = 10_000;
    /** A request without an answer was most likely counted soon after sending; it is in doubt anyway. */
    private static final Duration LIKELY_FLIGHT = Duration.ofSeconds(2);
    /** A probe may start a little later than planned. */
    private static final Duration LATENESS = Duration.ofMillis(300);
    private static final Duration TICK = Duration.ofMillis(1);

    private final List<Duration> begins;
    private final List<Duration> ends;

    /**
     * The best time of a range.
     *
     * @param crowding own requests at the edge then; none wherever the range has a free instant
     */
    record Choice(Duration at, int crowding) {}

    EdgeZones(List<OwnTime> own, List<WindowModel> windows) {
        List<Duration> from = new ArrayList<>();
        List<Duration> to = new ArrayList<>();
        for (WindowModel window : windows) {
            Duration half = half(window);
            for (OwnTime time : own) {
                if (window.kind() == WindowModel.Kind.ROLLING && time.isDated()) {
                    from.add(time.earliest().plus(window.length()).minus(half));
                    to.add(end(time, window));
                }
            }
        }
        begins = from.stream().sorted().toList();
        ends = to.stream().sorted().toList();
    }

    /** From when a request has left a window for certain, if it was ever in. */
    static Duration end(OwnTime time, WindowModel window) {
        return lastCount(time).plus(window.length()).plus(half(window));
    }

    private static Duration half(WindowModel window) {
        return window.tolerance().plus(MARGIN).plus(window.length().dividedBy(DRIFT));
    }

    private static Duration lastCount(OwnTime time) {
        Duration likely = time.earliest().plus(LIKELY_FLIGHT);
        return time.isCounted() || time.latest().compareTo(likely) < 0 ? time.latest() : likely;
    }

    /** Own requests that are at the edge at a time. */
    int crowding(Duration at) {
        return atMost(begins, at) - atMost(ends, at.minus(TICK));
    }

    /** How many of a sorted list are at most a value. */
    private static int atMost(List<Duration> sorted, Duration value) {
        int from = 0;
        int to = sorted.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted.get(middle).compareTo(value) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The time from {@code earliest} to {@code latest} that is least crowded, and among those nearest to the target. */
    Choice nearest(Duration earliest, Duration latest, Duration target) {
        List<Duration> candidates = new ArrayList<>(List.of(clamp(target, earliest, latest), earliest, latest));
        ends.forEach(end -> candidates.add(end.plus(TICK)));
        begins.forEach(begin -> candidates.add(begin.minus(LATENESS)));
        return candidates.stream().filter(c -> c.compareTo(earliest) >= 0 && c.compareTo(latest) <= 0)
                .map(c -> new Choice(c, crowding(c)))
                .min(Comparator.comparingInt(Choice::crowding).thenComparing(c -> c.at().minus(target).abs()))
                .orElseThrow();
    }

    private static Duration clamp(Duration value, Duration least, Duration most) {
        Duration raised = value.compareTo(least) < 0 ? least : value;
        return raised.compareTo(most) > 0 ? most : raised;
    }
}
