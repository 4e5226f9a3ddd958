package io.keywane.usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The own requests of one calibration in the order of sending, and how many of them a window of a given model holds.
 *
 * <p>It is an account of its own, apart from {@link GroupAccount}: it serves to refute models, that one to use them.
 */
final class CalibratorLog {
    private final List<CalibratorShot> shots = new ArrayList<>();
    /** Answers before this one are no evidence: somebody else's requests were still in the window. */
    private int from;
    /** Our own requests with other keys, which must move nothing. */
    private final List<CalibratorShot> others = new ArrayList<>();

    void add(CalibratorShot shot) {
        shots.add(shot);
    }

    int size() {
        return shots.size();
    }

    /** Notes one of our own requests with another key. */
    void addOther(CalibratorShot shot) {
        others.add(shot);
    }

    /** The requests with other keys that were certainly counted, somewhere. */
    List<CalibratorShot> others() {
        return others.stream().filter(CalibratorShot::counted).toList();
    }

    /** How many requests with other keys a rolling window would hold by the answer at an index if it counted them, too. */
    CountRange others(int at, Duration length, Duration tolerance) {
        CalibratorShot answer = shots.get(at);
        long lo = 0;
        long hi = 0;
        for (CalibratorShot other : others) {
            boolean before = other.sent().compareTo(answer.latest()) <= 0;
            boolean gone = answer.sent().minus(other.latest()).compareTo(length.plus(tolerance)) > 0;
            hi += before && !gone ? 1 : 0;
            lo += isHeld(other, answer, length.minus(tolerance)) ? 1 : 0;
        }
        return new CountRange(lo, hi);
    }

    /** Whether a request certainly came in before another and is younger by less than this. */
    static boolean isHeld(CalibratorShot shot, CalibratorShot answer, Duration inside) {
        return shot.counted() && shot.latest().compareTo(answer.sent()) <= 0
                && answer.latest().minus(shot.sent()).compareTo(inside) < 0;
    }

    CalibratorShot shot(int index) {
        return shots.get(index);
    }

    /** From the next answer on, what is seen is evidence. */
    void startAfresh() {
        from = shots.size();
    }

    /** The indexes of the answers that are evidence about the window of a limit. */
    List<Integer> evidence(long limit) {
        List<Integer> found = new ArrayList<>();
        for (int i = from; i < shots.size(); i++) {
            if (shots.get(i).shows(limit)) {
                found.add(i);
            }
        }
        return found;
    }

    /** How many own requests a rolling window holds by the answer at an index, itself included. */
    CountRange rolling(int at, Duration length, Duration tolerance) {
        return rolling(at, length, tolerance, 0, at).plus(CountRange.ONE);
    }

    /** The same for the requests of the indexes {@code first} to below {@code end}. */
    CountRange rolling(int at, Duration length, Duration tolerance, int first, int end) {
        long lo = 0;
        long hi = 0;
        Duration inside = length.minus(tolerance);
        Duration outside = length.plus(tolerance);
        CalibratorShot answer = shots.get(at);
        for (int i = first; i < end; i++) {
            CalibratorShot shot = shots.get(i);
            if (answer.sent().minus(shot.latest()).compareTo(outside) > 0) {
                continue;
            }
            hi++;
            if (shot.counted() && answer.latest().minus(shot.sent()).compareTo(inside) < 0) {
                lo++;
            }
        }
        return new CountRange(lo, hi);
    }

    /** How many own requests a fixed window holds by the answer at an index, itself included: those of the same Reset. */
    CountRange fixed(int at, Duration length) {
        long lo = 1;
        long hi = 1;
        CalibratorShot answer = shots.get(at);
        for (int i = 0; i < at; i++) {
            CalibratorShot shot = shots.get(i);
            if (shot.reading().isPresent() && shot.shows(answer.reading().orElseThrow().limit())) {
                boolean same = isSameReset(shot, answer);
                lo += same ? 1 : 0;
                hi += same ? 1 : 0;
            } else if (answer.sent().minus(shot.latest()).compareTo(length) <= 0) {
                hi++;
            }
        }
        return new CountRange(lo, hi);
    }

    /** Whether two answers name the same Reset, but for the rounding of a second. */
    static boolean isSameReset(CalibratorShot one, CalibratorShot other) {
        return Duration.between(one.reading().orElseThrow().reset(), other.reading().orElseThrow().reset()).abs()
                .compareTo(Duration.ofSeconds(1)) <= 0;
    }
}
