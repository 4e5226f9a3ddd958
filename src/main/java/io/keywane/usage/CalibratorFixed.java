package io.keywane.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The hypothesis that a window is fixed: all requests leave the count together at the Reset that their answers name.
 *
 * @param length the window
 * @param countsAnswered whether Remaining counts the answered request
 */
record CalibratorFixed(Duration length, boolean countsAnswered) {
    private static final Duration SLACK = Duration.ofSeconds(2);
    private static final int WINDOWS = 3;
    private static final int REQUESTS = 3;

    /** Whether every answer shows our own requests of the same Reset and nobody else's, and Resets come as windows do. */
    boolean fits(CalibratorLog log, List<Integer> evidence) {
        return !evidence.isEmpty() && evidence.stream().allMatch(at -> isOwn(log, at) && isAhead(log.shot(at)))
                && jumps(log, evidence);
    }

    private boolean isOwn(CalibratorLog log, int at) {
        CountRange own = log.fixed(at, length);
        long used = log.shot(at).used(countsAnswered);
        return used >= own.lo() && used <= own.hi();
    }

    private boolean isAhead(CalibratorShot shot) {
        Duration ahead = shot.ahead();
        return ahead.compareTo(Duration.ofSeconds(-1)) >= 0 && ahead.compareTo(length.plus(SLACK)) <= 0;
    }

    /** Each new Reset is a whole number of windows after the last, or a window after the answer that first names it. */
    private boolean jumps(CalibratorLog log, List<Integer> evidence) {
        boolean aligned = true;
        boolean opened = true;
        for (int i = 1; i < evidence.size(); i++) {
            CalibratorShot before = log.shot(evidence.get(i - 1));
            CalibratorShot shot = log.shot(evidence.get(i));
            if (CalibratorLog.isSameReset(before, shot)) {
                continue;
            }
            Duration jump = Duration.between(before.reading().orElseThrow().reset(),
                    shot.reading().orElseThrow().reset());
            if (jump.compareTo(length.minus(SLACK)) < 0) {
                return false;
            }
            aligned &= isWhole(jump);
            opened &= isOpenedByUs(log, shot);
        }
        return aligned || opened;
    }

    /** Whether one of our own requests, by whatever limit its answer showed, came in as the window began. */
    private boolean isOpenedByUs(CalibratorLog log, CalibratorShot shot) {
        Instant begin = shot.reading().orElseThrow().reset().minus(length);
        for (int i = 0; i < log.size(); i++) {
            Optional<Instant> date = log.shot(i).date();
            if (date.isPresent() && Duration.between(begin, date.get()).abs().compareTo(SLACK) <= 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isWhole(Duration jump) {
        Duration over = jump.plusSeconds(1);
        return over.minus(length.multipliedBy(over.dividedBy(length))).compareTo(SLACK) <= 0;
    }

    /** Whether enough windows were seen, each with enough of our own requests, and one of them from its begin. */
    boolean isSeenEnough(CalibratorLog log, List<Integer> evidence) {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < evidence.size(); i++) {
            boolean same = i > 0
                    && CalibratorLog.isSameReset(log.shot(evidence.get(i - 1)), log.shot(evidence.get(i)));
            if (same) {
                sizes.set(sizes.size() - 1, sizes.getLast() + 1);
            } else {
                sizes.add(1);
            }
        }
        // The first window may hold what was there before.
        return sizes.stream().skip(1).filter(n -> n >= REQUESTS).count() >= WINDOWS;
    }

    CalibrationWitness witness() {
        return countsAnswered ? CalibrationWitness.NONE : CalibrationWitness.REMAINING;
    }
}
