package io.keywane.usage;

import java.time.Duration;
import java.util.Optional;

/**
 * When a fixed window resets, on the even clock of the present boot.
 *
 * @param earliest not before
 * @param latest not after
 */
record FixedReset(Duration earliest, Duration latest) {
    /** A request sent so long before the reset is counted before it. */
    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration AFTER = Duration.ofMillis(1_500);

    /** As one sample tells it: its Date is cut to whole seconds and was stamped between sending and receiving. */
    static Optional<FixedReset> of(Sample sample, WindowModel window) {
        if (sample.headers().rateLimit().isEmpty() || sample.headers().date().isEmpty()) {
            return Optional.empty();
        }
        Duration ahead = Duration.between(sample.headers().date().get(),
                sample.headers().rateLimit().get().reset());
        boolean plausible = ahead.compareTo(window.length().plusSeconds(3)) <= 0;
        return plausible
                ? Optional.of(new FixedReset(sample.sent().sinceBoot().plus(ahead).minusSeconds(1),
                        sample.received().sinceBoot().plus(ahead)))
                : Optional.empty();
    }

    /** The last time for a sample of the window that ends. */
    Duration lastSafe() {
        return earliest.minus(BEFORE);
    }

    /** The first time for a sample of the window that begins. */
    Duration firstSafe() {
        return latest.plus(AFTER);
    }
}
