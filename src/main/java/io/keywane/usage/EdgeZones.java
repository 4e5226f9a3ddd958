package io.keywane.usage;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The times at which a sample would find an own request at the edge of a rolling window, so that nobody could say whether
 * the window still holds it.
 */
final class EdgeZones {
    /** Beside the window's own edge: the flight of a request. */
    private static final Duration MARGIN = Duration.ofMillis(1_200);
    /** A request without an answer was most likely counted soon after sending; it is in doubt anyway. */
    private static final Duration LIKELY_FLIGHT = Duration.ofSeconds(2);
    /** A probe may start a little later than planned. */
    private static final long LATENESS = Duration.ofMillis(300).toNanos();
    private static final long TICK = Duration.ofMillis(1).toNanos();

    /** In nanoseconds since the boot, ascending: an account may hold thousands of requests, and each probe is planned. */
    private final long[] begins;
    private final long[] ends;

    /**
     * The best time of a range.
     *
     * @param crowding own requests at the edge then; none wherever the range has a free instant
     */
    record Choice(Duration at, int crowding) {}

    EdgeZones(List<OwnTime> own, List<WindowModel> windows) {
        long[] from = new long[own.size() * windows.size()];
        long[] to = new long[from.length];
        int size = 0;
        for (WindowModel window : windows) {
            if (window.kind() != WindowModel.Kind.ROLLING) {
                continue;
            }
            long length = window.length().toNanos();
            long half = half(window).toNanos();
            for (OwnTime time : own) {
                if (time.isDated()) {
                    from[size] = time.earliest().toNanos() + length - half;
                    to[size] = lastCount(time).toNanos() + length + half;
                    size++;
                }
            }
        }
        begins = sorted(from, size);
        ends = sorted(to, size);
    }

    private static long[] sorted(long[] times, int size) {
        long[] sorted = Arrays.copyOf(times, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** From when a request has left a window for certain, if it was ever in. */
    static Duration end(OwnTime time, WindowModel window) {
        return lastCount(time).plus(window.length()).plus(half(window));
    }

    /** From when another request may be counted, so that it comes to the edge only after this one has left for certain. */
    static Duration clearOf(OwnTime time, WindowModel window) {
        return lastCount(time).plus(half(window).multipliedBy(2)).plusNanos(2 * LATENESS);
    }

    private static Duration half(WindowModel window) {
        return window.edge().plus(MARGIN);
    }

    private static Duration lastCount(OwnTime time) {
        Duration likely = time.earliest().plus(LIKELY_FLIGHT);
        return time.isCounted() || time.latest().compareTo(likely) < 0 ? time.latest() : likely;
    }

    /** Own requests that are at the edge at a time. */
    int crowding(Duration at) {
        return crowding(at.toNanos());
    }

    private int crowding(long at) {
        return atMost(begins, at) - atMost(ends, at - TICK);
    }

    /** How many of a sorted list are at most a value. */
    private static int atMost(long[] sorted, long value) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] <= value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The time from {@code earliest} to {@code latest} that is least crowded, and among those nearest to the target. */
    Choice nearest(Duration earliest, Duration latest, Duration target) {
        Search search = new Search(earliest.toNanos(), latest.toNanos(), target.toNanos());
        search.look(Math.clamp(search.target, search.earliest, search.latest));
        search.look(search.earliest);
        search.look(search.latest);
        for (int i = atMost(ends, search.earliest - TICK - 1); i < ends.length
                && ends[i] + TICK <= search.latest; i++) {
            search.look(ends[i] + TICK);
        }
        for (int i = atMost(begins, search.earliest + LATENESS - 1); i < begins.length
                && begins[i] - LATENESS <= search.latest; i++) {
            search.look(begins[i] - LATENESS);
        }
        return new Choice(Duration.ofNanos(search.best), search.crowding);
    }

    /** The best of the times that were looked at. */
    private final class Search {
        private final long earliest;
        private final long latest;
        private final long target;
        private long best;
        private int crowding = Integer.MAX_VALUE;

        Search(long earliest, long latest, long target) {
            this.earliest = earliest;
            this.latest = latest;
            this.target = target;
        }

        void look(long at) {
            int there = crowding(at);
            boolean isNearer = Math.abs(at - target) < Math.abs(best - target);
            if (there < crowding || (there == crowding && isNearer)) {
                best = at;
                crowding = there;
            }
        }
    }
}
