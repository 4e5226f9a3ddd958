package io.keywane.usage;

import io.keywane.key.Moment;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The own requests of one key version and group that may still be in a window, and how many of them a given sample's
 * window counts.
 *
 * <p>Ages are differences on this host's even clock. An entry counts as one only if it was certainly counted and was
 * certainly inside; as nought only if it was certainly outside; else as nought to one. Taking an own request for somebody
 * else's delays a proof; the other mistake would fake one.
 */
final class OwnRequests {
    private final LinkedHashMap<String, OwnRequest> entries = new LinkedHashMap<>();

    void put(OwnRequest entry) {
        entries.put(entry.id(), entry);
    }

    /** From now on none of these is certainly counted: an answer did not fit the server's clock, and may be a cached one. */
    void distrust() {
        entries.replaceAll(
                (id, e) -> e.fate() == OwnFate.COUNTED ? e.settle(OwnFate.UNKNOWN, e.settled().orElseThrow()) : e);
    }

    /** Forgets what no window of this length can count any more. */
    void prune(Moment now, Duration longestWindow) {
        entries.values().removeIf(e -> !isOfLaterBoot(e, now) && youngest(e, now).compareTo(longestWindow) > 0);
    }

    long countWithin(Moment now, Duration span) {
        return entries.values().stream().filter(e -> youngest(e, now).compareTo(span) <= 0).count();
    }

    /** When each own request that may have been counted within a span before now was counted, in the order of sending. */
    List<OwnTime> times(Moment now, Duration span) {
        return entries.values().stream().filter(e -> youngest(e, now).compareTo(span) <= 0).map(e -> time(e, now))
                .toList();
    }

    private static OwnTime time(OwnRequest entry, Moment now) {
        return entry.sent().boot().equals(now.boot())
                ? new OwnTime(entry.sent().sinceBoot(), entry.latestCount().sinceBoot(), entry.fate())
                : new OwnTime(Duration.ofNanos(-1), OwnRequest.LONGEST_FLIGHT, OwnFate.UNKNOWN);
    }

    /** How many of our own requests are in the rolling window that this sample shows, itself included. */
    CountRange countIn(Sample sample, WindowModel model) {
        CountRange sum = CountRange.ONE;
        for (OwnRequest entry : recent(sample, model)) {
            if (!entry.id().equals(sample.request())) {
                sum = sum.plus(share(entry, sample, model));
            }
        }
        return sum;
    }

    /**
     * The oldest own request that is certainly inside the window. A counter wiped after it would lack it; and once it has
     * certainly left a later window, the counter is seen to let requests go as the model says.
     */
    Optional<OwnRequest> witness(Sample sample, WindowModel model) {
        return recent(sample, model).stream()
                .filter(e -> !e.id().equals(sample.request()) && share(e, sample, model).equals(CountRange.ONE))
                .findFirst();
    }

    /** The latest time at which the oldest own request that may be inside the window was counted, the sample's included. */
    Optional<OwnRequest> oldestPossible(Sample sample, WindowModel model) {
        return recent(sample, model).stream().filter(e -> !share(e, sample, model).isZero()).findFirst();
    }

    /** Those that may be in the window, oldest first. They come in the order of sending, so the search ends early. */
    private List<OwnRequest> recent(Sample sample, WindowModel model) {
        Duration gone = model.length().plus(model.tolerance()).plus(OwnRequest.LONGEST_FLIGHT);
        Deque<OwnRequest> found = new ArrayDeque<>();
        for (OwnRequest entry : entries.sequencedValues().reversed()) {
            if (sample.sent().elapsedSince(entry.sent()).filter(age -> age.compareTo(gone) > 0).isPresent()) {
                break;
            }
            found.addFirst(entry);
        }
        return List.copyOf(found);
    }

    /** Whether an entry was sent after the restart of the host that followed this moment; told by the wall clock. */
    private static boolean isOfLaterBoot(OwnRequest entry, Moment now) {
        return !entry.sent().boot().equals(now.boot()) && entry.sent().wall().isAfter(now.wall());
    }

    private static CountRange share(OwnRequest entry, Sample sample, WindowModel model) {
        if (entry.id().equals(sample.request())) {
            return CountRange.ONE;
        }
        if (isSentAfter(entry, sample)) {
            return CountRange.ZERO;
        }
        if (youngest(entry, sample.sent()).compareTo(model.length().plus(model.tolerance())) > 0) {
            return CountRange.ZERO;
        }
        return isCertainlyInside(entry, sample, model) ? CountRange.ONE : CountRange.ZERO_OR_ONE;
    }

    private static boolean isSentAfter(OwnRequest entry, Sample sample) {
        return entry.sent().elapsedSince(sample.received()).filter(d -> !d.isNegative()).isPresent();
    }

    private static boolean isCertainlyInside(OwnRequest entry, Sample sample, WindowModel model) {
        if (entry.fate() != OwnFate.COUNTED) {
            return false;
        }
        boolean answeredBefore = entry.settled().flatMap(settled -> sample.sent().elapsedSince(settled))
                .filter(d -> !d.isNegative()).isPresent();
        Duration inside = model.length().minus(model.tolerance());
        boolean youngEnough = sample.received().elapsedSince(entry.sent()).filter(d -> d.compareTo(inside) < 0)
                .isPresent();
        return answeredBefore && youngEnough;
    }

    /** The least age an entry can have: across a boot, the time since the later one. */
    private static Duration youngest(OwnRequest entry, Moment now) {
        return now.elapsedSince(entry.latestCount()).orElse(now.sinceBoot().minus(OwnRequest.LONGEST_FLIGHT));
    }
}
