package io.keywane.usage;

import io.keywane.usage.WindowModel.Kind;

import java.time.Duration;
import java.util.List;

/**
 * The short check of a new key against what an earlier calibration of the same plan found: a few answers, each of which
 * must be foretold by it. It confirms, it never establishes.
 */
final class CalibratorCheck {
    /** After the first answer: at once, then far enough apart to see whether Reset stays with the oldest request. */
    private static final List<Duration> TIMES = List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(5),
            Duration.ofSeconds(10));
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** What an answer of the check means. */
    enum Progress {
        MORE, CONFIRMED, MISMATCH
    }

    private final Calibration known;
    private int taken;
    private Duration begun = Duration.ZERO;

    CalibratorCheck(Calibration known) {
        this.known = known;
    }

    Calibration known() {
        return known;
    }

    Duration due(Duration now) {
        if (taken == 0) {
            begun = now;
        }
        return begun.plus(TIMES.get(Math.min(taken, TIMES.size() - 1)));
    }

    /** Judges the latest answer of the log. */
    Progress took(CalibratorLog log) {
        int at = log.size() - 1;
        CalibratorShot shot = log.shot(at);
        if (!shot.counted()) {
            return Progress.MISMATCH;
        }
        boolean fits = known.window(shot.reading().orElseThrow().limit()).flatMap(CalibratedWindow::model)
                .filter(model -> model.kind() == Kind.ROLLING ? fitsRolling(log, at, model) : fitsFixed(log, at, model))
                .isPresent();
        if (!fits) {
            return Progress.MISMATCH;
        }
        taken++;
        return taken < TIMES.size() ? Progress.MORE : Progress.CONFIRMED;
    }

    private static boolean fitsRolling(CalibratorLog log, int at, WindowModel model) {
        CalibratorRolling hypothesis = new CalibratorRolling(model.length(), model.tolerance(),
                model.countsAnswered());
        boolean reset = switch (model.reset()) {
            case NOW_PLUS_WINDOW ->
                model.length().minus(log.shot(at).ahead()).abs().compareTo(SLACK) <= 0;
            case OLDEST_PLUS_WINDOW -> hypothesis.isOldest(log, at);
            case UNKNOWN -> true;
        };
        return reset && hypothesis.isSharp(log, at) && hypothesis.fits(log, List.of(at));
    }

    private boolean fitsFixed(CalibratorLog log, int at, WindowModel model) {
        CountRange own = log.fixed(at, model.length());
        long used = log.shot(at).used(model.countsAnswered());
        return used >= own.lo() && used <= own.hi()
                && log.shot(at).ahead().compareTo(model.length().plus(SLACK)) <= 0;
    }
}
