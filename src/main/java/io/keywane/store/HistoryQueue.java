package io.keywane.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Rows waiting to be written, oldest first. Bounded: where it is full, the oldest gives way and is counted. */
final class HistoryQueue {
    private final int capacity;
    private final Deque<HistoryRow> rows = new ArrayDeque<>();
    private long added;
    private long dropped;

    HistoryQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a row; returns how many were ever added. */
    synchronized long add(HistoryRow row) {
        if (rows.size() == capacity) {
            rows.removeFirst();
            dropped++;
        }
        rows.addLast(row);
        added++;
        return added;
    }

    /** Takes out all that wait. */
    synchronized List<HistoryRow> takeAll() {
        List<HistoryRow> taken = new ArrayList<>(rows);
        rows.clear();
        return Collections.unmodifiableList(taken);
    }

    /** Puts rows back in front of what came meanwhile; the oldest that no longer fit are dropped. */
    synchronized void putBack(List<HistoryRow> taken) {
        for (HistoryRow row : taken.reversed()) {
            if (rows.size() == capacity) {
                dropped++;
            } else {
                rows.addFirst(row);
            }
        }
    }

    /** How many rows were lost since the start. */
    synchronized long dropped() {
        return dropped;
    }
}
