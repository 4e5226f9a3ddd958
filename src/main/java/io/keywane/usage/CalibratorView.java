package io.keywane.usage;

import io.keywane.usage.CalibratorCycle.Shape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which of the shown windows a calibration has in view, and the shape of its rounds. Times are since boot. */
final class CalibratorView {
    /** The longest flight that the plan makes room for. */
    private static final Duration LONGEST_BLUR = Duration.ofSeconds(1);
    private static final Duration ENDLESS = Duration.ofDays(365);

    private final CalibratorSettings settings;
    private final Map<Long, Duration> ahead = new TreeMap<>();
    private boolean buckets;
    private long limit;
    private Duration length = Duration.ZERO;
    private Duration blur = Duration.ofMillis(100);

    CalibratorView(CalibratorSettings settings) {
        this.settings = settings;
    }

    /** The limit of the window in view; 0 before any was shown. */
    long limit() {
        return limit;
    }

    /** The length that it is taken to have. */
    Duration length() {
        return length;
    }

    /** Learns from an answer; whether a smaller limit than all before was shown, so that plans no longer hold. */
    boolean learn(CalibratorShot shot, Optional<Duration> asked) {
        Duration flight = shot.latest().minus(shot.sent());
        Duration late = asked.filter(time -> shot.sent().compareTo(time) >= 0).map(time -> shot.sent().minus(time))
                .filter(time -> time.compareTo(LONGEST_BLUR) < 0).orElse(Duration.ZERO);
        blur = min(LONGEST_BLUR, max(blur, flight.plus(late)));
        long shown = shot.reading().orElseThrow().limit();
        boolean isLeast = !ahead.isEmpty() && shown < leastLimit();
        ahead.merge(shown, shot.ahead(), CalibratorView::max);
        return isLeast;
    }

    /** Takes the shortest of the shown windows into view; whether that changed. */
    boolean focus() {
        long shortest = limit;
        Duration best = limit == 0 ? ENDLESS : guess(limit);
        for (long shown : ahead.keySet()) {
            if (guess(shown).compareTo(best) < 0) {
                shortest = shown;
                best = guess(shown);
            }
        }
        if (shortest == limit && best.equals(length)) {
            return false;
        }
        limit = shortest;
        length = best;
        return true;
    }

    /** Own requests seem to leave early; whether that is new. */
    boolean expectBuckets() {
        boolean isNew = !buckets;
        buckets = true;
        return isNew;
    }

    /** The shortest window that a Reset so far ahead allows. */
    private Duration guess(long shown) {
        Duration seen = ahead.getOrDefault(shown, Duration.ZERO).minusSeconds(2);
        return settings.lengths().stream().filter(l -> l.compareTo(seen) >= 0).findFirst().orElse(ENDLESS);
    }

    /** How many own requests the budget allows in a window of the least of the shown limits. */
    long allowed() {
        return (long) Math.floor(leastLimit() * settings.shareOfLimit());
    }

    private long leastLimit() {
        return ahead.keySet().stream().mapToLong(shown -> shown).min().orElse(limit);
    }

    Shape shape() {
        Duration tolerance = CalibratorVerdict.exactTolerance(length);
        Duration gap = max(length.dividedBy(24), tolerance.plus(blur).multipliedBy(2).plusMillis(200));
        int burst = allowed() >= (buckets ? 21 : 11) ? 5 : allowed() >= 9 ? 3 : 0;
        while (burst > 3 && gap.multipliedBy(burst - 1L).compareTo(length.multipliedBy(45).dividedBy(100)) > 0) {
            burst--;
        }
        return new Shape(length, gap, burst, buckets);
    }

    /** The window in view as it was found, the others that were shown as not measured. */
    List<CalibratedWindow> windows(CalibratedWindow found) {
        List<CalibratedWindow> windows = new ArrayList<>();
        for (long shown : ahead.keySet()) {
            boolean longer = guess(shown).compareTo(length) > 0;
            windows.add(shown == limit
                    ? found
                    : CalibratedWindow.unknown(shown,
                            longer ? CalibrationReason.TOO_LONG : CalibrationReason.AMBIGUOUS));
        }
        return windows;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
