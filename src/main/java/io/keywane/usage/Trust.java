package io.keywane.usage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Whether a group's counter may be believed; times in milliseconds on the even clock.
 *
 * <p>After a contradiction nothing is claimed until enough samples were consistent and three windows have passed; after the
 * third, not until the window is calibrated anew. After a step of a clock nothing at all is said for a window.
 */
final class Trust {
    private static final int SAMPLES_TO_REGAIN = 8;
    private static final int CONTRADICTIONS_TO_LOSE = 3;
    private static final int WINDOWS_TO_REGAIN = 3;
    private static final long NEVER = Long.MIN_VALUE / 4;

    private int contradictions;
    private int consistent;
    private long incident = NEVER;
    private long distrustedUntil = NEVER;
    private long stepOver = NEVER;
    private @Nullable Instant lastContradiction;

    /** All contradictions within a window of the first are one: own requests that a wiped counter lost show up again. */
    void contradicted(long at, long window, Instant wall) {
        if (at - incident >= window) {
            contradictions++;
            incident = at;
        }
        consistent = 0;
        distrustedUntil = Math.max(distrustedUntil, at + WINDOWS_TO_REGAIN * window);
        lastContradiction = wall;
    }

    /** The window was measured at this time: contradictions before it are of another model. */
    void calibrated(Instant since) {
        Instant last = lastContradiction;
        if (last != null && since.isAfter(last)) {
            contradictions = 0;
            incident = NEVER;
            distrustedUntil = NEVER;
            lastContradiction = null;
        }
    }

    /**
     * A clock was moved, by so much back at most. From {@code stepOver} on the server's clock has passed all that it showed
     * before; each further step puts that off by its own length, for what was counted before the first stays in the window
     * for all of them.
     */
    void stepped(long now, long back) {
        stepOver = Math.max(stepOver, now) + back;
    }

    /** Until then a window may go on for longer than it is. */
    void blindUntil(long over) {
        stepOver = Math.max(stepOver, over);
    }

    void consistent() {
        consistent++;
    }

    /** Whether requests may be in a window of this length, tolerance included, whose age is not certain. */
    boolean isBlind(long now, long window) {
        return now - stepOver < window;
    }

    boolean isEarned(long now) {
        if (contradictions == 0) {
            return true;
        }
        return contradictions < CONTRADICTIONS_TO_LOSE && consistent >= SAMPLES_TO_REGAIN && now >= distrustedUntil;
    }

    /** The host was restarted, and the time that took is known. */
    void rebase(Shift shift) {
        incident = shifted(incident, shift.hi());
        distrustedUntil = shifted(distrustedUntil, shift.hi());
        stepOver = shifted(stepOver, shift.hi());
    }

    /**
     * The host was restarted, or another took over, and the time that took is not known: what was still to be waited for
     * begins now.
     */
    void restart(long lastSeen, long now) {
        rebase(new Shift(now - lastSeen, now - lastSeen));
    }

    private static long shifted(long time, long by) {
        return time == NEVER ? NEVER : time + by;
    }
}
