package io.keywane.usage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The hypothesis that a window rolls: every request leaves the count when it is one length old, give or take a tolerance.
 *
 * @param length the window
 * @param tolerance how far from the length a request may be when it leaves
 * @param countsAnswered whether Remaining counts the answered request
 */
record CalibratorRolling(Duration length, Duration tolerance, boolean countsAnswered) {
    /** Date and Reset have whole seconds, and the answer's Date may be stamped some time after it was counted. */
    private static final Duration SLACK = Duration.ofSeconds(2);
    /** An oldest request at least so old tells the two meanings of Reset apart. */
    private static final Duration TELLING = Duration.ofSeconds(5);
    private static final int TELLING_ANSWERS = 3;
    /** In how many parts of a window the place of a steady user is looked for. */
    private static final int PHASES = 240;
    private static final int OTHERS = 2;

    /** Whether every answer shows our own requests and nobody else's. */
    boolean fits(CalibratorLog log, List<Integer> evidence) {
        return evidence.stream().allMatch(at -> isWithin(log.rolling(at, length, tolerance), used(log, at)));
    }

    /** Whether every answer shows our own requests with all our keys: then the keys share a counter. */
    boolean fitsShared(CalibratorLog log, List<Integer> evidence) {
        return evidence.stream().allMatch(at -> isWithin(
                log.rolling(at, length, tolerance).plus(log.others(at, length, tolerance)), used(log, at)));
    }

    /**
     * Whether requests with another key moved nothing: at least two, each certainly in the window of an answer that shows
     * exactly our own requests with this key.
     */
    Observed apart(CalibratorLog log, List<Integer> evidence) {
        long seen = log.others().stream().filter(other -> evidence.stream()
                .anyMatch(at -> CalibratorLog.isHeld(other, log.shot(at), length.minus(tolerance))
                        && isSharp(log, at)))
                .count();
        return seen >= OTHERS ? Observed.YES : Observed.UNKNOWN;
    }

    /** Whether an answer leaves no doubt about any own request. */
    boolean isSharp(CalibratorLog log, int at) {
        CountRange own = log.rolling(at, length, tolerance);
        return own.lo() == own.hi();
    }

    private long used(CalibratorLog log, int at) {
        return log.shot(at).used(countsAnswered);
    }

    private static boolean isWithin(CountRange own, long used) {
        return used >= own.lo() && used <= own.hi();
    }

    /** The one meaning of Reset that fits every answer, if there is one. */
    Optional<WindowModel.ResetMeaning> reset(CalibratorLog log, List<Integer> evidence) {
        boolean telling = evidence.stream()
                .filter(at -> youngestOldest(log, at).compareTo(TELLING.plus(tolerance)) >= 0)
                .count() >= TELLING_ANSWERS;
        if (!telling) {
            return Optional.empty();
        }
        boolean now = evidence.stream()
                .allMatch(at -> sinceOldest(log, at).abs().compareTo(SLACK) <= 0);
        boolean oldest = evidence.stream().allMatch(at -> isOldest(log, at));
        if (now == oldest) {
            return Optional.empty();
        }
        return Optional.of(now
                ? WindowModel.ResetMeaning.NOW_PLUS_WINDOW
                : WindowModel.ResetMeaning.OLDEST_PLUS_WINDOW);
    }

    private Duration sinceOldest(CalibratorLog log, int at) {
        return length.minus(log.shot(at).ahead());
    }

    /** Whether Reset names our own oldest request in the window. */
    boolean isOldest(CalibratorLog log, int at) {
        Duration slack = tolerance.plus(SLACK);
        Duration since = sinceOldest(log, at);
        return since.compareTo(youngestOldest(log, at).minus(slack)) >= 0
                && since.compareTo(oldestOldest(log, at).plus(slack)) <= 0;
    }

    /** The least age of the oldest own request in the window. */
    private Duration youngestOldest(CalibratorLog log, int at) {
        for (int i = 0; i < at; i++) {
            if (log.rolling(at, length, tolerance, i, i + 1).lo() == 1) {
                return log.shot(at).sent().minus(log.shot(i).latest());
            }
        }
        return Duration.ZERO;
    }

    /** The greatest age of the oldest own request in the window. */
    private Duration oldestOldest(CalibratorLog log, int at) {
        for (int i = 0; i < at; i++) {
            if (log.rolling(at, length, tolerance, i, i + 1).hi() == 1) {
                return log.shot(at).latest().minus(log.shot(i).sent());
            }
        }
        return log.shot(at).latest().minus(log.shot(at).sent());
    }

    /** What rules out that somebody else's request was in the window at every answer. */
    CalibrationWitness witness(CalibratorLog log, List<Integer> evidence, WindowModel.ResetMeaning reset) {
        if (!countsAnswered) {
            return CalibrationWitness.REMAINING;
        }
        if (reset != WindowModel.ResetMeaning.OLDEST_PLUS_WINDOW) {
            return CalibrationWitness.NONE;
        }
        for (int phase = 0; phase < PHASES; phase++) {
            Duration place = length.multipliedBy(phase).dividedBy(PHASES);
            if (evidence.stream().noneMatch(at -> isRefuted(log, at, place))) {
                return CalibrationWitness.NONE;
            }
        }
        return CalibrationWitness.RESET;
    }

    /** Whether Reset would have named the request of somebody who uses the key once per window at this place. */
    private boolean isRefuted(CalibratorLog log, int at, Duration place) {
        long age = Math.floorMod(log.shot(at).sent().minus(place).toNanos(), length.toNanos());
        Duration hidden = oldestOldest(log, at).plus(tolerance).plus(SLACK).plusSeconds(1);
        return Duration.ofNanos(age).compareTo(hidden) > 0
                && Duration.ofNanos(age).compareTo(length.minus(tolerance).minus(SLACK)) < 0;
    }
}
