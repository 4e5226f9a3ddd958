package io.keywane.usage;

import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the server's clock is from this host's even clock, as an interval that each answer narrows.
 *
 * <p>An answer that does not fit means that the server's clock was moved: a limiter that counts by it may have dropped
 * requests, so what it shows proves nothing until a window has passed on any reading of its clock.
 */
final class ServerClock {
    /** Allowed drift between two clocks in good order, per second that passes. */
    private static final double DRIFT = 1e-4;

    private @Nullable Moment last;
    private Duration lo = Duration.ZERO;
    private Duration hi = Duration.ZERO;

    /**
     * Takes in one answer's Date.
     *
     * @return how far back the server's clock may have gone if it was moved; {@code null} if it was not
     */
    @Nullable
    Duration stepSeenBy(Sample sample, Instant date) {
        // Date is cut to whole seconds, and is stamped somewhere between sending and receiving.
        Duration sampleLo = sinceEpoch(date).minus(sample.received().sinceBoot()).minusSeconds(1);
        Duration sampleHi = sinceEpoch(date).plusSeconds(1).minus(sample.sent().sinceBoot());
        Moment before = last;
        last = sample.received();
        if (before == null || !before.boot().equals(sample.received().boot())) {
            set(sampleLo, sampleHi);
            return null;
        }
        Duration drift = ofSeconds(DRIFT * seconds(sample.received().sinceBoot().minus(before.sinceBoot())));
        Duration narrowedLo = max(lo.minus(drift), sampleLo);
        Duration narrowedHi = min(hi.plus(drift), sampleHi);
        if (narrowedLo.compareTo(narrowedHi) <= 0) {
            set(narrowedLo, narrowedHi);
            return null;
        }
        Duration back = max(Duration.ZERO, hi.minus(sampleLo));
        set(sampleLo, sampleHi);
        return back;
    }

    private void set(Duration newLo, Duration newHi) {
        lo = newLo;
        hi = newHi;
    }

    private static Duration sinceEpoch(Instant instant) {
        return Duration.between(Instant.EPOCH, instant);
    }

    private static double seconds(Duration span) {
        return span.toNanos() / 1e9;
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
