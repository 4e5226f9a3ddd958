package io.keywane.usage;

import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The own requests of one key version and group that may still be in a window: what is known of each, through late
 * outcomes and restarts of the host. Times are milliseconds on the even clock.
 */
final class OwnRequests {
    private static final long FLIGHT = OwnRequest.LONGEST_FLIGHT.toMillis();
    /** How far the wall clocks of two hosts, or of two boots of one, may be apart. */
    private static final Duration WALL_SLACK = Duration.ofMinutes(5);
    /** For so long a late outcome finds its entry by its identity, later by the time of its sending. */
    private static final long REMEMBERED = 10 * 60_000L;

    private final OwnRing ring = new OwnRing();
    private final OwnWindows windows = new OwnWindows(ring);
    private List<Open> open = List.of();
    /** Entries of another boot or host than the samples': nought to one, for their age is known by the wall clock only. */
    private List<OwnRequest> strangers = List.of();
    private @Nullable String boot;
    /** Whether it is still open how the clock of the boot before stands to the present one. */
    private boolean isBridging;
    private long judged = Long.MIN_VALUE;

    /** An entry whose sample has not come yet. */
    private static final class Open {
        private final String id;
        private int place;

        Open(String id, int place) {
            this.id = id;
            this.place = place;
        }
    }

    void put(OwnRequest entry) {
        if (!entry.sent().boot().equals(boot)) {
            putStranger(entry);
            return;
        }
        int place = find(entry);
        if (place < 0) {
            place = add(entry);
        }
        if (entry.fate() != OwnFate.PENDING) {
            settle(place, entry);
        }
    }

    private void putStranger(OwnRequest entry) {
        List<OwnRequest> changed = new ArrayList<>(strangers);
        changed.removeIf(e -> e.id().equals(entry.id()));
        changed.add(entry);
        strangers = changed;
    }

    private int find(OwnRequest entry) {
        for (Open known : open) {
            if (known.id.equals(entry.id())) {
                return known.place;
            }
        }
        return entry.fate() == OwnFate.PENDING ? -1 : sentAt(Millis.floor(entry.sent()));
    }

    private int sentAt(long min) {
        int place = ring.firstFrom(min, ring.former());
        return place < ring.size() && ring.min(place) == min ? place : -1;
    }

    private int add(OwnRequest entry) {
        long min = Millis.floor(entry.sent());
        int place = ring.add(min, min + FLIGHT);
        List<Open> changed = new ArrayList<>(open.size() + 1);
        for (Open known : open) {
            known.place += known.place >= place ? 1 : 0;
            if (min - ring.min(known.place) <= REMEMBERED) {
                changed.add(known);
            }
        }
        changed.add(new Open(entry.id(), place));
        open = changed;
        return place;
    }

    private void settle(int place, OwnRequest entry) {
        long min = ring.min(place);
        Moment settled = entry.settled().orElseThrow();
        long max = Millis.ceil(settled);
        boolean isCounted = entry.fate() == OwnFate.COUNTED && settled.boot().equals(boot) && max >= min;
        if (!isCounted) {
            ring.fate(place, OwnFate.UNKNOWN);
            ring.times(place, min, min + FLIGHT);
            return;
        }
        if (ring.fate(place) == OwnFate.PENDING) {
            ring.fate(place, OwnFate.COUNTED);
            ring.times(place, min, max);
        }
    }

    /**
     * The next sample is of this boot.
     *
     * @return whether the host was restarted since the sample before
     */
    boolean arrive(String current) {
        if (current.equals(boot)) {
            return false;
        }
        boolean restarted = boot != null;
        if (isBridging) {
            forgetAges(ring.latest());
        }
        ring.reboot();
        isBridging = restarted;
        open = List.of();
        judged = Long.MIN_VALUE;
        boot = current;
        List<OwnRequest> ours = strangers.stream().filter(e -> e.sent().boot().equals(current)).toList();
        strangers = strangers.stream().filter(e -> !e.sent().boot().equals(current)).toList();
        ours.forEach(this::put);
        return restarted;
    }

    /** The time that the restart took is known. */
    void rebase(Shift shift) {
        ring.rebase(shift);
        isBridging = false;
    }

    /**
     * The time that the restart took is not known: the limiter counted them at any time up to now, or in flight. Another host
     * may have taken over, which ran long before, so that they are of its boot's time too.
     *
     * @param now the present time
     */
    void forgetAges(long now) {
        int former = ring.former();
        ring.forgetBoot();
        isBridging = false;
        for (int place = 0; place < former; place++) {
            long max = now + (ring.fate(place) == OwnFate.COUNTED ? 0 : FLIGHT);
            distrust(place);
            ring.times(place, max - OwnRing.LONGEST_SPAN, max);
        }
    }

    /** From now on none of these is certainly counted: an answer did not fit the server's clock, and may be a cached one. */
    void distrust() {
        for (int place = 0; place < ring.size(); place++) {
            distrust(place);
        }
    }

    /** From now on this one is not certainly counted. */
    void distrust(Shot shot) {
        if (shot.self() >= 0) {
            distrust(shot.self());
        }
    }

    private void distrust(int place) {
        if (ring.fate(place) == OwnFate.COUNTED) {
            ring.fate(place, OwnFate.UNKNOWN);
        }
    }

    /** Forgets what no window of this length can count any more. */
    void prune(Moment now, Duration longestWindow) {
        long before = Millis.floor(now) - longestWindow.toMillis();
        int gone = 0;
        while (!isBridging && gone < ring.size() && ring.max(gone) < before) {
            gone++;
        }
        if (gone > 0) {
            ring.removeFirst(gone);
            List<Open> kept = new ArrayList<>();
            for (Open known : open) {
                known.place -= gone;
                if (known.place >= 0) {
                    kept.add(known);
                }
            }
            open = kept.isEmpty() ? List.of() : kept;
        }
        if (!strangers.isEmpty()) {
            strangers = strangers.stream().filter(e -> !isPast(e, now, longestWindow)).toList();
        }
    }

    private static boolean isPast(OwnRequest stranger, Moment now, Duration window) {
        return Duration.between(stranger.sent().wall(), now.wall()).compareTo(window.plus(WALL_SLACK)) > 0;
    }

    /** How many of our own requests may have been counted within a span before now. */
    long countWithin(Moment now, Duration span) {
        long number = strangers.stream().filter(e -> !isPast(e, now, span)).count();
        boolean isSameBoot = now.boot().equals(boot);
        int ofFormerBoot = !isSameBoot ? ring.size() : isBridging ? ring.former() : 0;
        // Of those from before a restart it is only known that they were counted before it, or in flight.
        number += Millis.floor(now) - FLIGHT <= Millis.ceil(span) ? ofFormerBoot : 0;
        long after = Millis.floor(now) - Millis.ceil(span);
        for (int place = ring.size() - 1; place >= ofFormerBoot; place--) {
            if (ring.min(place) + ring.longestSpan() < after) {
                break;
            }
            number += ring.max(place) >= after ? 1 : 0;
        }
        return number;
    }

    /** When each own request that may have been counted within a span before now was counted, in the order of sending. */
    List<OwnTime> times(Moment now, Duration span) {
        List<OwnTime> times = new ArrayList<>();
        strangers.stream().filter(e -> !isPast(e, now, span)).map(e -> stranger(e, now)).forEach(times::add);
        boolean isSameBoot = now.boot().equals(boot);
        int undated = !isSameBoot ? ring.size() : isBridging ? ring.former() : 0;
        long after = Millis.floor(now) - Millis.ceil(span);
        for (int place = 0; place < ring.size(); place++) {
            OwnTime time = place < undated
                    ? OwnTime.undated(OwnRequest.LONGEST_FLIGHT)
                    : new OwnTime(Duration.ofMillis(ring.min(place)), Duration.ofMillis(ring.max(place)),
                            ring.fate(place));
            if (time.latest().toMillis() >= after) {
                times.add(time);
            }
        }
        return times;
    }

    private static OwnTime stranger(OwnRequest entry, Moment now) {
        return entry.sent().boot().equals(now.boot())
                ? new OwnTime(entry.sent().sinceBoot(), entry.latestCount().sinceBoot(), entry.fate())
                : OwnTime.undated(now.sinceBoot().plus(Duration.between(now.wall(), entry.sent().wall()))
                        .plus(WALL_SLACK));
    }

    /**
     * When a sample was counted.
     *
     * @param max the latest time at which it was
     */
    Shot shoot(Sample sample, long max) {
        long min = Millis.floor(sample.sent());
        for (Open known : open) {
            if (known.id.equals(sample.request())) {
                return new Shot(min, max, known.place);
            }
        }
        return new Shot(min, max, sentAt(min));
    }

    /**
     * Notes what the answer to an own request showed.
     *
     * @param keepsReset whether windows are known by their Reset
     */
    void answered(Shot shot, RateLimitReading reading, boolean keepsReset) {
        int place = shot.self();
        if (place < 0) {
            return;
        }
        ring.answer(place, windows.code(reading.limit()),
                keepsReset ? reading.reset().getEpochSecond() : 0);
        boolean isOverlapped = shot.min() < judged;
        if (ring.fate(place) == OwnFate.COUNTED && !isOverlapped) {
            ring.times(place, ring.min(place), Math.min(ring.max(place), shot.max()));
        }
    }

    /** A sample was judged: its own entry need not be found again. */
    void judged(Shot shot) {
        judged = Math.max(judged, shot.max());
        if (open.size() == 1 && open.getFirst().place == shot.self()) {
            open = List.of();
        }
        if (!open.isEmpty()) {
            open = new ArrayList<>(open.stream().filter(o -> o.place != shot.self()).toList());
        }
    }

    /** How many entries of another boot or host may be in a window. */
    int strangers(Moment at, WindowModel model) {
        if (strangers.isEmpty()) {
            return 0;
        }
        return (int) strangers.stream().filter(e -> !isPast(e, at, model.outside())).count();
    }

    /** The same requests, counted by windows. */
    OwnWindows windows() {
        return windows;
    }
}
