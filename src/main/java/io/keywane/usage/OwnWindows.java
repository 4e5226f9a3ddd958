package io.keywane.usage;

import java.util.Arrays;

import static java.util.Objects.requireNonNull;

/**
 * How many of our own requests a given sample's window counts.
 *
 * <p>Ages are differences on this host's even clock, in milliseconds. An entry counts as one only if it was certainly
 * counted and was certainly inside; as nought only if it was certainly outside; else as nought to one. Taking an own request
 * for somebody else's delays a proof; the other mistake would fake one.
 */
final class OwnWindows {
    /** A Reset and an own count time of a fixed window may be so much apart without meaning another window. */
    private static final long FIXED_SLACK = 3_000;

    private final OwnRing ring;
    private long[] limits = new long[0];

    OwnWindows(OwnRing ring) {
        this.ring = requireNonNull(ring, "ring is null");
    }

    /**
     * How many of our own requests are in the rolling window that this sample shows.
     *
     * @param strangers own requests of uncertain age that may be inside
     */
    OwnCount countRolling(Shot shot, WindowModel model, int strangers) {
        long inside = Millis.floor(model.inside());
        long outside = Millis.ceil(model.outside());
        long shown = shot.min() - Millis.ceil(model.lag());
        Tally tally = new Tally(strangers);
        for (int place = ring.size() - 1; place >= 0; place--) {
            long min = ring.min(place);
            if (shot.min() - min > outside + ring.longestSpan()) {
                break;
            }
            if (place == shot.self() || min >= shot.max() || shot.min() - ring.max(place) > outside) {
                continue;
            }
            boolean isCounted = ring.fate(place) == OwnFate.COUNTED;
            tally.add(place, isCounted && ring.max(place) <= shown && shot.max() - min < inside, isCounted);
        }
        return tally.count();
    }

    /**
     * How many of our own requests are in the fixed window that this sample shows: those that showed the same Reset.
     *
     * @param start the earliest time at which the window can have begun
     * @param strangers own requests of uncertain age that may be inside
     */
    OwnCount countFixed(Shot shot, RateLimitReading reading, long start, int strangers) {
        Tally tally = new Tally(strangers);
        int code = code(reading.limit());
        long reset = reading.reset().getEpochSecond();
        for (int place = ring.size() - 1; place >= 0; place--) {
            long min = ring.min(place);
            if (min + ring.longestSpan() < start - FIXED_SLACK) {
                break;
            }
            boolean isCounted = ring.fate(place) == OwnFate.COUNTED;
            boolean isAnotherWindow = isCounted && isOfWindow(place, code) && ring.reset(place) != reset;
            if (place == shot.self() || min >= shot.max() || isAnotherWindow
                    || ring.max(place) < start - FIXED_SLACK) {
                continue;
            }
            boolean isSame = isCounted && isOfWindow(place, code) && ring.max(place) <= shot.min();
            tally.add(place, isSame, isCounted);
        }
        return tally.count();
    }

    private boolean isOfWindow(int place, int code) {
        return code != 0 && ring.limitCode(place) == code && ring.reset(place) != 0;
    }

    /** Adds up own requests, from the youngest to the oldest. */
    private static final class Tally {
        private int certain = 1;
        private int doubt;
        private int lost;
        private int witness = -1;

        Tally(int strangers) {
            this.doubt = strangers;
        }

        void add(int place, boolean isInside, boolean isCounted) {
            if (isInside) {
                certain++;
                witness = place;
                return;
            }
            doubt++;
            lost += isCounted ? 0 : 1;
        }

        OwnCount count() {
            return new OwnCount(new CountRange(certain, certain + doubt), lost, witness);
        }
    }

    /** Marks the silent sample of this place as one that claims silence. */
    void claim(int place) {
        if (place >= 0 && ring.limitCode(place) != 0) {
            ring.claim(place);
        }
    }

    /** The first claim sent at a time or later whose answer showed this limit; -1 if there is none. */
    int nextClaim(long from, long limit) {
        int code = code(limit);
        for (int place = ring.firstFrom(from, 0); place < ring.size(); place++) {
            if (ring.isClaim(place) && ring.limitCode(place) == code) {
                return place;
            }
        }
        return -1;
    }

    /** The oldest own request that was certainly inside the window of an earlier claim; -1 if there is none. */
    int witnessOf(int claim, WindowModel model) {
        long inside = Millis.floor(model.inside());
        boolean isFixed = model.kind() == WindowModel.Kind.FIXED;
        long length = Millis.ceil(model.length());
        for (int place = ring.firstFrom(ring.min(claim) - length - ring.longestSpan(), 0); place < claim; place++) {
            boolean isInside = isFixed
                    ? ring.limitCode(place) == ring.limitCode(claim) && ring.reset(place) == ring.reset(claim)
                    : ring.mostBetween(place, claim) < inside;
            if (isInside && ring.fate(place) == OwnFate.COUNTED && ring.leastBetween(place, claim) >= 0) {
                return place;
            }
        }
        return -1;
    }

    /** How many own requests of unknown fate were sent after a time. */
    int lostAfter(long time) {
        int lost = 0;
        for (int place = ring.firstFrom(time + 1, 0); place < ring.size(); place++) {
            lost += ring.fate(place) == OwnFate.COUNTED ? 0 : 1;
        }
        return lost;
    }

    /** When the first own request after a time was sent; the time itself if there was none. */
    long nextSent(long time) {
        int place = ring.firstFrom(time + 1, 0);
        return place < ring.size() ? ring.min(place) : time;
    }

    long min(int place) {
        return ring.min(place);
    }

    long max(int place) {
        return ring.max(place);
    }

    /** The code that entries keep for a limit, from 1; 0 where there are too many. */
    int code(long limit) {
        for (int i = 0; i < limits.length; i++) {
            if (limits[i] == limit) {
                return i + 1;
            }
        }
        if (limits.length == OwnRing.LARGEST_LIMIT_CODE) {
            return 0;
        }
        int number = limits.length + 1;
        limits = Arrays.copyOf(limits, number);
        limits[number - 1] = limit;
        return number;
    }
}
