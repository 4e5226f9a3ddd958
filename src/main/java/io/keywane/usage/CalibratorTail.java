package io.keywane.usage;

import io.keywane.usage.CalibratorStep.Target;

import java.time.Duration;
import java.util.List;

/**
 * The end of a calibration: whether a request that is answered 404 counts. Two of them, each before a request that counts
 * for certain, so that the count after the second has grown by none of them, or by both.
 */
final class CalibratorTail {
    private static final List<Target> TARGETS = List.of(Target.MISSING_RESOURCE, Target.THIS_KEY,
            Target.MISSING_RESOURCE, Target.THIS_KEY);
    private static final int MISSING = 404;

    /** A margin beside the window's edge, in which the four requests find room. */
    private static final Duration ROOM = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(250);

    private final CalibratedWindow found;
    private final WindowModel model;
    private final Duration begin;
    private int taken;
    private int firstAnswer = -1;
    private boolean isSpoilt;

    /** The end that begins as soon as no own request is at the window's edge. */
    CalibratorTail(CalibratedWindow found, CalibratorLog log, Duration now) {
        this.found = found;
        this.model = found.model().orElseThrow();
        Duration time = now;
        Duration latest = now.plus(model.length());
        while (time.compareTo(latest) < 0 && isAtTheEdge(log, time)) {
            time = time.plus(STEP);
        }
        this.begin = time;
    }

    private boolean isAtTheEdge(CalibratorLog log, Duration time) {
        if (model.kind() == WindowModel.Kind.FIXED) {
            return false;
        }
        for (int i = 0; i < log.size(); i++) {
            Duration youngest = time.minus(log.shot(i).latest());
            Duration oldest = time.plus(ROOM).minus(log.shot(i).sent());
            boolean inside = oldest.compareTo(model.length().minus(model.tolerance())) < 0;
            boolean outside = youngest.compareTo(model.length().plus(model.tolerance())) > 0;
            if (!inside && !outside) {
                return true;
            }
        }
        return false;
    }

    Duration due(Duration now) {
        return begin.compareTo(now) > 0 ? begin : now;
    }

    CalibratedWindow found() {
        return found;
    }

    Target target() {
        return TARGETS.get(taken);
    }

    boolean isOver() {
        return isSpoilt || taken == TARGETS.size();
    }

    /** The request that was asked for was answered so. */
    void took(CalibratorLog log, int status) {
        boolean missing = target() == Target.MISSING_RESOURCE;
        isSpoilt |= missing && status != MISSING;
        firstAnswer = !missing && firstAnswer < 0 ? log.size() - 1 : firstAnswer;
        taken++;
    }

    /** What the latest answer of the log shows. */
    Observed counts(CalibratorLog log) {
        int at = log.size() - 1;
        CalibratorShot last = log.shot(at);
        if (isSpoilt || !last.shows(model.limit()) || !isOneWindow(log.shot(firstAnswer), last)) {
            return Observed.UNKNOWN;
        }
        CountRange own = model.kind() == WindowModel.Kind.ROLLING
                ? log.rolling(at, model.length(), model.tolerance())
                : log.fixed(at, model.length());
        long more = last.used(model.countsAnswered()) - own.lo();
        boolean onlyTheseInDoubt = own.hi() - own.lo() == 2;
        if (!onlyTheseInDoubt || more == 1 || more < 0 || more > 2) {
            return Observed.UNKNOWN;
        }
        return more == 2 ? Observed.YES : Observed.NO;
    }

    /** Whether no reset of a fixed window came between. */
    private boolean isOneWindow(CalibratorShot first, CalibratorShot last) {
        return model.kind() == WindowModel.Kind.ROLLING
                || (first.shows(model.limit()) && CalibratorLog.isSameReset(first, last));
    }
}
