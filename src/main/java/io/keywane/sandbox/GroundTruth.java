package io.keywane.sandbox;

import java.util.ArrayList;
import java.util.List;

/** The newest requests in a ring, numbered in the order of their arrival here. */
final class GroundTruth {
    private final RequestRecord[] ring;
    private long appended;

    GroundTruth(int capacity) {
        this.ring = new RequestRecord[capacity];
    }

    synchronized void append(RequestRecord request) {
        ring[(int) (appended % ring.length)] = request.numbered(appended + 1);
        appended++;
    }

    RequestPage page(RequestFilter filter) {
        List<RequestRecord> candidates = copyAfter(filter.after());
        List<RequestRecord> accepted = new ArrayList<>();
        long next = filter.after();
        for (RequestRecord request : candidates) {
            if (accepted.size() == filter.limit()) {
                return new RequestPage(accepted, dropped(), next, true);
            }
            next = request.sequence();
            if (filter.accepts(request)) {
                accepted.add(request);
            }
        }
        return new RequestPage(accepted, dropped(), next, false);
    }

    private synchronized long dropped() {
        return Math.max(0, appended - ring.length);
    }

    private synchronized List<RequestRecord> copyAfter(long sequence) {
        List<RequestRecord> copy = new ArrayList<>();
        for (long i = Math.max(sequence, dropped()); i < appended; i++) {
            copy.add(ring[(int) (i % ring.length)]);
        }
        return copy;
    }
}
