package io.keywane.sandbox;

/**
 * The newest {@code capacity} times in order, as epoch milliseconds in a ring that grows with need: eight bytes a
 * request, so that a day's window of 100,000 takes 1 MB at most. Times never descend: an earlier one is kept as the
 * latest.
 */
final class TimeRing {
    private static final int FIRST_SIZE = 64;

    private int capacity;
    private long[] times;
    private int oldest;
    private int size;
    private long latest = Long.MIN_VALUE;

    TimeRing(int capacity) {
        this.capacity = capacity;
        this.times = new long[Math.min(FIRST_SIZE, capacity)];
    }

    void add(long time) {
        latest = Math.max(latest, time);
        if (size == capacity) {
            removeOldest();
        }
        if (size == times.length) {
            grow();
        }
        times[wrap(oldest + size)] = latest;
        size++;
    }

    /** Forgets every time at or before {@code limit}. */
    void dropThrough(long limit) {
        while (size > 0 && times[oldest] <= limit) {
            removeOldest();
        }
    }

    /** Keeps at most so many from now on: of those that are there, the newest. */
    void resize(int value) {
        while (size > value) {
            removeOldest();
        }
        capacity = value;
        copyInto(Math.clamp(times.length, Math.min(FIRST_SIZE, value), value));
    }

    int size() {
        return size;
    }

    /** Requires that the ring is not empty. */
    long oldest() {
        return times[oldest];
    }

    private void removeOldest() {
        oldest = wrap(oldest + 1);
        size--;
    }

    private int wrap(int index) {
        return index >= times.length ? index - times.length : index;
    }

    private void grow() {
        copyInto((int) Math.min(capacity, 2L * times.length));
    }

    private void copyInto(int length) {
        long[] copy = new long[length];
        int unwrapped = Math.min(size, times.length - oldest);
        System.arraycopy(times, oldest, copy, 0, unwrapped);
        System.arraycopy(times, 0, copy, unwrapped, size - unwrapped);
        times = copy;
        oldest = 0;
    }
}
