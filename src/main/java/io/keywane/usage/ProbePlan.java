package io.keywane.usage;

import io.keywane.key.Moment;

import java.time.Duration;
import java.util.Optional;

/**
 * When a key version is to be probed next in one group.
 *
 * <p>The base period is the configured interval. A leaving version, whose silence is to be proven, is probed at
 * {@code window / (n + 1/2)} instead, be that shorter or longer: then no own request lies at the window's edge when a
 * sample is taken. At a whole fraction of the window, as most intervals are, one always would, and the proof would never
 * complete.
 *
 * @param interval the configured period
 * @param phase drawn once for each key, 0 to below 1: where in the period the first probe falls after a start
 */
public record ProbePlan(Duration interval, double phase) {
    private static final Duration SHORT_WINDOW = Duration.ofMinutes(10);
    private static final Duration LONG_WINDOW = Duration.ofHours(3);

    public ProbePlan {
        if (!(phase >= 0 && phase < 1)) {
            throw new IllegalArgumentException("phase must be from 0 to below 1");
        }
    }

    /**
     * The period of a version in a group.
     *
     * @param leaving whether its silence is to be proven
     * @param window the window that its headers show, if it is declared
     */
    public Duration period(boolean leaving, Optional<WindowModel> window) {
        if (!leaving || window.isEmpty() || window.get().kind() != WindowModel.Kind.ROLLING) {
            return interval;
        }
        return Duration.ofNanos((long) (window.get().length().toNanos() / (samples(window.get()) + 0.5)));
    }

    /** Own requests in a window: few enough that a tolerance on each side of its edge fits between two of them. */
    private static int samples(WindowModel window) {
        double tolerance = (double) window.tolerance().toNanos() / window.length().toNanos();
        if (tolerance > 0.08) {
            return 1;
        }
        if (window.length().compareTo(SHORT_WINDOW) <= 0) {
            return 2;
        }
        return window.length().compareTo(LONG_WINDOW) <= 0 || tolerance > 0.015 ? 5 : 24;
    }

    /**
     * Whether a probe is due.
     *
     * @param started when the daemon started
     * @param last when the version was last probed in this group, if ever
     * @param notBefore a wait that the server asked for
     */
    public boolean isDue(
            Moment now, Moment started, Optional<Moment> last, Duration period, Optional<Moment> notBefore) {
        if (notBefore.isPresent() && !now.isAtLeastAfter(notBefore.get(), Duration.ZERO)) {
            return false;
        }
        if (last.isEmpty()) {
            return now.isAtLeastAfter(started, Duration.ofNanos((long) (period.toNanos() * phase)));
        }
        return now.isAtLeastAfter(last.get(), period);
    }
}
