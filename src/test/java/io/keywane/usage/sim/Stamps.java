package io.keywane.usage.sim;

import java.util.Arrays;

/** A queue of counted requests: when each was stamped, and whether it was somebody else's. */
final class Stamps {
    private double[] stamps = new double[64];
    private boolean[] foreign = new boolean[64];
    private int head;
    private int size;
    private int foreignSize;

    void add(double stamp, boolean isForeign) {
        if (size == stamps.length) {
            grow();
        }
        int at = (head + size) & (stamps.length - 1);
        stamps[at] = stamp;
        foreign[at] = isForeign;
        size++;
        foreignSize += isForeign ? 1 : 0;
    }

    /** Drops from the head all that were stamped at or before a time. */
    void dropUpTo(double time) {
        while (size > 0 && stamps[head] <= time) {
            foreignSize -= foreign[head] ? 1 : 0;
            head = (head + 1) & (stamps.length - 1);
            size--;
        }
    }

    int size() {
        return size;
    }

    int foreignSize() {
        return foreignSize;
    }

    /** The stamp at the head, or the given one where nothing is counted. */
    double oldestOr(double none) {
        return size == 0 ? none : stamps[head];
    }

    void clear() {
        head = 0;
        size = 0;
        foreignSize = 0;
    }

    private void grow() {
        double[] moved = new double[stamps.length * 2];
        boolean[] flags = new boolean[stamps.length * 2];
        Arrays.setAll(moved, i -> i < size ? stamps[(head + i) & (stamps.length - 1)] : 0);
        for (int i = 0; i < size; i++) {
            flags[i] = foreign[(head + i) & (stamps.length - 1)];
        }
        stamps = moved;
        foreign = flags;
        head = 0;
    }
}
