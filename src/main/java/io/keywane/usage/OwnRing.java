package io.keywane.usage;

/**
 * Own requests in the order of sending, packed into 9 bytes each, 13 where a Reset is kept: a key in use has thousands in a day's window, and an
 * organisation has thousands of keys.
 *
 * <p>Each was counted, if at all, in {@code [min, max]}, milliseconds on the even clock. Entries are named by their place,
 * 0 being the oldest; adding and removing changes places.
 *
 * <p>The first few may be of the boot before. How their clock stands to the present one is known as an interval; among
 * themselves they are as exact as ever.
 */
final class OwnRing {
    /** The longest time from {@code min} to {@code max} that is kept. */
    static final long LONGEST_SPAN = (1L << 20) - 1;
    static final int LARGEST_LIMIT_CODE = 15;
    private static final int SPAN_BITS = 20;
    private static final int GROWTH = 8;
    private static final int SLACK = 64;
    private static final int FATE_MASK = 3;
    private static final int LIMIT_SHIFT = 2;
    private static final int CLAIM = 1 << 6;
    private static final int[] NONE = new int[0];
    /** Resets are kept as seconds from here, in 31 bits: 2000-01-01. */
    private static final long RESET_BASE = 946_684_800L;

    private long[] times = new long[0];
    private byte[] marks = new byte[0];
    /** As long as the others once a Reset was kept, else empty. */
    private int[] resets = NONE;
    private int head;
    private int size;
    private long longestSpan;
    private int former;
    private long shiftLo;
    private long shiftHi;

    int size() {
        return size;
    }

    /** How many of the oldest are of the boot before. */
    int former() {
        return former;
    }

    /** The latest time at which any can have been counted; 0 if there is none. */
    long latest() {
        long latest = 0;
        for (int place = 0; place < size; place++) {
            latest = Math.max(latest, max(place));
        }
        return latest;
    }

    /** Another boot begins: all that are here are of the one before. */
    void reboot() {
        for (int place = 0; place < former; place++) {
            times(place, min(place), max(place));
        }
        former = size;
        shiftLo = 0;
        shiftHi = 0;
    }

    /** The clock of the boot before is known to stand so to the present one. */
    void rebase(Shift shift) {
        shiftLo = shift.lo();
        shiftHi = shift.hi();
        longestSpan += shift.hi() - shift.lo();
    }

    /** Nothing is of the boot before any more. */
    void forgetBoot() {
        former = 0;
    }

    /** No entry has a longer time from {@code min} to {@code max}. */
    long longestSpan() {
        return longestSpan;
    }

    long min(int place) {
        return rawMin(place) + (place < former ? shiftLo : 0);
    }

    long max(int place) {
        return rawMax(place) + (place < former ? shiftHi : 0);
    }

    /** The longest time that can lie between the counting of one entry and that of a later one. */
    long mostBetween(int place, int later) {
        return later < former ? rawMax(later) - rawMin(place) : max(later) - min(place);
    }

    /** The shortest time that can lie between the counting of one entry and that of a later one; below 0 if they overlap. */
    long leastBetween(int place, int later) {
        return later < former ? rawMin(later) - rawMax(place) : min(later) - max(place);
    }

    private long rawMin(int place) {
        return times[slot(place)] >> SPAN_BITS;
    }

    private long rawMax(int place) {
        return rawMin(place) + (times[slot(place)] & LONGEST_SPAN);
    }

    OwnFate fate(int place) {
        return switch (marks[slot(place)] & FATE_MASK) {
            case 0 -> OwnFate.PENDING;
            case 1 -> OwnFate.COUNTED;
            default -> OwnFate.UNKNOWN;
        };
    }

    private static int code(OwnFate fate) {
        return switch (fate) {
            case PENDING -> 0;
            case COUNTED -> 1;
            case UNKNOWN -> 2;
        };
    }

    /** Which limit its answer showed, as a code from 1; 0 if none. */
    int limitCode(int place) {
        return marks[slot(place)] >> LIMIT_SHIFT & LARGEST_LIMIT_CODE;
    }

    /** The Reset that its answer showed, seconds since the epoch; 0 if none. */
    long reset(int place) {
        int kept = rawReset(place);
        return kept == 0 ? 0 : kept + RESET_BASE;
    }

    private int rawReset(int place) {
        return resets.length == 0 ? 0 : resets[slot(place)];
    }

    private void rawReset(int place, int kept) {
        if (resets.length == 0 && kept != 0) {
            resets = new int[times.length];
        }
        if (resets.length > 0) {
            resets[slot(place)] = kept;
        }
    }

    /** Whether its answer was a silent sample that claims silence. */
    boolean isClaim(int place) {
        return (marks[slot(place)] & CLAIM) != 0;
    }

    /** Adds an entry after all that were sent no later, and after those of the boot before; returns its place. */
    int add(long min, long max) {
        if (size == times.length) {
            resize(size + GROWTH);
        }
        size++;
        int place = size - 1;
        while (place > former && min(place - 1) > min) {
            copy(place - 1, place);
            place--;
        }
        marks[slot(place)] = 0;
        rawReset(place, 0);
        fate(place, OwnFate.PENDING);
        times(place, min, max);
        return place;
    }

    /** Sets when it was counted, if at all; where that is too uncertain, it is not certainly counted either. */
    void times(int place, long min, long max) {
        if (max - min > LONGEST_SPAN && fate(place) == OwnFate.COUNTED) {
            fate(place, OwnFate.UNKNOWN);
        }
        long kept = Math.max(min, max - LONGEST_SPAN);
        longestSpan = Math.max(longestSpan, max - kept);
        times[slot(place)] = kept << SPAN_BITS | (max - kept);
    }

    void fate(int place, OwnFate fate) {
        int slot = slot(place);
        marks[slot] = (byte) ((marks[slot] & ~FATE_MASK) | code(fate));
    }

    /**
     * Notes what its answer showed.
     *
     * @param reset seconds since the epoch; 0 where it need not be kept
     */
    void answer(int place, int limitCode, long reset) {
        int slot = slot(place);
        marks[slot] = (byte) ((marks[slot] & (FATE_MASK | CLAIM)) | (limitCode << LIMIT_SHIFT));
        long kept = reset - RESET_BASE;
        rawReset(place, kept > 0 && kept <= Integer.MAX_VALUE ? (int) kept : 0);
    }

    void claim(int place) {
        marks[slot(place)] |= CLAIM;
    }

    void removeFirst(int number) {
        if (number == 0) {
            return;
        }
        head = times.length == 0 ? 0 : (head + number) % times.length;
        size -= number;
        former = Math.max(0, former - number);
        if (times.length - size > SLACK) {
            resize(size + GROWTH);
        }
    }

    /** The place of the first entry that was sent no earlier, leaving out the first few; the size if there is none. */
    int firstFrom(long min, int first) {
        int low = first;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (min(middle) < min) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void copy(int from, int to) {
        times[slot(to)] = times[slot(from)];
        marks[slot(to)] = marks[slot(from)];
        rawReset(to, rawReset(from));
    }

    private void resize(int capacity) {
        long[] newTimes = new long[capacity];
        byte[] newMarks = new byte[capacity];
        int[] newResets = resets.length == 0 ? NONE : new int[capacity];
        for (int place = 0; place < size; place++) {
            newTimes[place] = times[slot(place)];
            newMarks[place] = marks[slot(place)];
            if (newResets.length > 0) {
                newResets[place] = resets[slot(place)];
            }
        }
        times = newTimes;
        marks = newMarks;
        resets = newResets;
        head = 0;
    }

    private int slot(int place) {
        int slot = head + place;
        return slot < times.length ? slot : slot - times.length;
    }
}
