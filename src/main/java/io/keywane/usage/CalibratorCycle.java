package io.keywane.usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One round of a calibration: a spaced burst, a few looks while it must all be in the window, and looks around the time at
 * which each of it is to leave. Times are since boot.
 */
final class CalibratorCycle {
    /** A look that is late by more than this is left out: it would see nothing that the next does not. */
    private static final Duration LATE = Duration.ofMillis(800);
    /** When the request with another key follows: long before the first look. */
    private static final Duration AFTER_BURST = Duration.ofMillis(500);

    /**
     * The shape of a round.
     *
     * @param length the window that is looked for
     * @param gap between the requests of the burst, and between the looks at its end
     * @param burst how many requests the burst has
     * @param buckets whether requests may leave up to a sixth of the window early
     */
    record Shape(Duration length, Duration gap, int burst, boolean buckets) {
        Duration spread() {
            return gap.multipliedBy(burst - 1L);
        }

        /** How long after its begin the last look is taken. */
        Duration duration() {
            return buckets ? share(1.4) : length.plus(spread()).plus(gap.dividedBy(2));
        }

        Duration share(double of) {
            return Duration.ofNanos((long) (length.toNanos() * of));
        }

        /** How long after its begin the next round begins: at another phase of the window, when all of this one has left. */
        Duration period() {
            Duration least = duration().plus(share(0.15));
            Duration period = share(2.382);
            while (period.compareTo(least) < 0) {
                period = period.plus(length);
            }
            return period;
        }

        private List<Duration> middle() {
            double first = spread().compareTo(share(0.3)) > 0 ? 0.62 : 0.45;
            return List.of(share(first), share(first), share((first + 0.75) / 2), share(0.75));
        }
    }

    private final Shape shape;
    private final Duration begin;
    private final List<Integer> burst = new ArrayList<>();
    private final List<Integer> middle = new ArrayList<>();
    private final List<Integer> end = new ArrayList<>();
    private List<Duration> looks = List.of();
    private int looked;
    private boolean otherWanted;

    /** A round; {@code otherKey}: with a request of another key while all of the burst is in the window. */
    CalibratorCycle(Shape shape, Duration begin, boolean otherKey) {
        this.shape = shape;
        this.begin = begin;
        this.otherWanted = otherKey;
    }

    Shape shape() {
        return shape;
    }

    Duration begin() {
        return begin;
    }

    List<Integer> burst() {
        return burst;
    }

    List<Integer> middle() {
        return middle;
    }

    List<Integer> end() {
        return end;
    }

    int looksAtTheEnd() {
        return looks.size();
    }

    /** When the next request is to be sent; empty when the round is over. */
    Optional<Duration> next(CalibratorLog log, Duration now) {
        if (burst.isEmpty()) {
            return Optional.of(begin);
        }
        if (burst.size() < shape.burst()) {
            return Optional.of(log.shot(burst.getLast()).sent().plus(shape.gap()));
        }
        if (isOtherDue()) {
            return Optional.of(log.shot(burst.getLast()).latest().plus(AFTER_BURST));
        }
        if (middle.size() < shape.middle().size()) {
            return Optional.of(log.shot(burst.getFirst()).sent().plus(shape.middle().get(middle.size())));
        }
        if (looks.isEmpty()) {
            looks = looks(log);
        }
        while (looked < looks.size() && now.minus(looks.get(looked)).compareTo(LATE) > 0) {
            looked++;
        }
        return looked < looks.size() ? Optional.of(looks.get(looked)) : Optional.empty();
    }

    /** Whether the next request is one with another key. */
    boolean isOtherDue() {
        return otherWanted && burst.size() == shape.burst();
    }

    /** The request with another key was sent, or cannot be. */
    void otherSent() {
        otherWanted = false;
    }

    /** The request that was due was sent; it has this index in the log. */
    void sent(int index) {
        if (burst.size() < shape.burst()) {
            burst.add(index);
            return;
        }
        if (middle.size() < shape.middle().size()) {
            middle.add(index);
            return;
        }
        looked++;
        end.add(index);
    }

    /** Between the times at which one and the next request of the burst are to leave, and before the first and after the last. */
    private List<Duration> looks(CalibratorLog log) {
        List<Duration> counted = burst.stream().map(log::shot)
                .map(shot -> shot.sent().plus(shot.latest()).dividedBy(2)).toList();
        Duration flight = log.shot(burst.getFirst()).latest().minus(log.shot(burst.getFirst()).sent()).dividedBy(2);
        Duration half = shape.gap().dividedBy(2);
        Duration leaves = shape.length().minus(flight.compareTo(half) < 0 ? flight : Duration.ZERO);
        List<Duration> times = new ArrayList<>();
        if (shape.buckets()) {
            Duration last = counted.getLast().plus(leaves).plus(half);
            Duration time = counted.getFirst().plus(leaves).minus(shape.share(1.0 / 6)).minus(half);
            for (; time.compareTo(last) < 0; time = time.plus(shape.gap())) {
                times.add(time);
            }
            times.add(last);
            times.add(counted.getFirst().plus(shape.share(1.4)));
            return times;
        }
        times.add(counted.getFirst().plus(leaves).minus(half));
        for (int i = 1; i < counted.size(); i++) {
            times.add(counted.get(i - 1).plus(counted.get(i)).dividedBy(2).plus(leaves));
        }
        times.add(counted.getLast().plus(leaves).plus(half));
        return times;
    }
}
