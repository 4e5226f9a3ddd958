package io.keywane.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether the limits that a group shows still stand for the windows that they are known to stand for.
 *
 * <p>A limit does not name a window: after a change of plan the limit of a day can be that of an hour. So when the limit in
 * the headers changes, the map is void until the headers show that the window is longer than the next shorter one.
 */
final class WindowMap {
    /** Reset and Date have whole seconds, and Date may be a second old. */
    static final Duration SLACK = Duration.ofSeconds(3);

    private long shown;
    private boolean isVoid;

    /** Notes the limit that an answer shows. */
    void show(long limit, boolean isKnown) {
        isVoid = isVoid || !isKnown || (shown != 0 && shown != limit);
        shown = limit;
    }

    /** No window is shown, and the next that is may be one of another plan. */
    void close() {
        isVoid = true;
    }

    /** A Reset that lies further ahead, or nearer, than it can in this window shows that it is another one. */
    boolean isRefuted(WindowModel model, Instant reset, Instant date) {
        Duration ahead = Duration.between(date, reset);
        boolean isTooFar = ahead.compareTo(model.length().plus(SLACK)) > 0;
        boolean isTooNear = model.kind() == WindowModel.Kind.ROLLING
                && model.reset() == WindowModel.ResetMeaning.NOW_PLUS_WINDOW
                && ahead.compareTo(model.length().minus(SLACK)) < 0;
        boolean refuted = model.reset() != WindowModel.ResetMeaning.UNKNOWN && (isTooFar || isTooNear);
        isVoid = isVoid || refuted;
        return refuted;
    }

    /** Whether the window may be relied on, or is renewed by the distance of the Reset. */
    boolean holds(WindowModel model, List<KnownWindow> known, Instant reset, Instant date) {
        Optional<WindowModel> shorter = shorter(model, known);
        boolean isLonger = model.reset() != WindowModel.ResetMeaning.UNKNOWN && shorter
                .filter(w -> Duration.between(date, reset).compareTo(w.length().plus(SLACK)) > 0).isPresent();
        if (shorter.isEmpty() || isLonger) {
            isVoid = false;
        }
        return !isVoid;
    }

    /** Whether a silent sample renews the map: its Reset is that of an own request that no shorter window holds. */
    boolean isRenewedBy(WindowModel model, List<KnownWindow> known, Duration oldestOwn) {
        boolean renewed = model.reset() == WindowModel.ResetMeaning.OLDEST_PLUS_WINDOW && shorter(model, known)
                .filter(w -> oldestOwn.compareTo(w.outside()) > 0).isPresent();
        isVoid = isVoid && !renewed;
        return !isVoid;
    }

    private static Optional<WindowModel> shorter(WindowModel model, List<KnownWindow> known) {
        WindowModel longest = null;
        for (KnownWindow window : known) {
            WindowModel other = window.model();
            boolean isShorter = other.length().compareTo(model.length()) < 0;
            if (isShorter && (longest == null || other.length().compareTo(longest.length()) > 0)) {
                longest = other;
            }
        }
        return Optional.ofNullable(longest);
    }
}
