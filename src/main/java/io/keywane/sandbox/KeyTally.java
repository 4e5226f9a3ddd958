package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Running totals of the requests made with one key. Names at most 1,000 consumers; later ones share a line. */
final class KeyTally {
    static final String OTHERS = "(others)";

    private static final int MOST_CONSUMERS = 1_000;

    private final Map<String, Line> consumers = new TreeMap<>();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Line total = new Line();
    private long counted;
    private @Nullable Instant lastCounted;

    synchronized void add(RequestRecord request) {
        total.add(request);
        line(request.consumer()).add(request);
        statuses.merge(request.status(), 1L, Long::sum);
        if (request.counted()) {
            counted++;
            lastCounted = later(lastCounted, request.at());
        }
    }

    synchronized KeySummary summary(SandboxControl.Key key) {
        List<ConsumerSummary> lines = new ArrayList<>();
        consumers.forEach((name, line) -> lines.add(line.summary(name)));
        return new KeySummary(key.id(), key.organisationId(), key.name(), key.revokedAt(), total.requests,
                total.refused, counted, total.last, lastCounted, Map.copyOf(statuses), lines);
    }

    private Line line(String consumer) {
        boolean known = consumers.containsKey(consumer) || consumers.size() < MOST_CONSUMERS;
        return consumers.computeIfAbsent(known ? consumer : OTHERS, name -> new Line());
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    private static final class Line {
        private long requests;
        private long refused;
        private @Nullable Instant last;

        void add(RequestRecord request) {
            requests++;
            refused += request.refused() ? 1 : 0;
            last = later(last, request.at());
        }

        ConsumerSummary summary(String name) {
            return new ConsumerSummary(name, requests, refused, last);
        }
    }
}
