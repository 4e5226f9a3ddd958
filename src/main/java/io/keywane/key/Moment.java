package io.keywane.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One instant as this host saw it, on two clocks.
 *
 * <p>{@code sinceBoot} runs evenly (suspended time included) and is comparable only within one {@code boot}; {@code wall}
 * may jump and is for people and for the server's dates. Waits are measured by {@code sinceBoot}.
 *
 * @param boot identity of the boot of the host, as the kernel gives it
 * @param sinceBoot time since that boot
 * @param wall the wall clock
 */
public record Moment(String boot, Duration sinceBoot, Instant wall) {
    public Moment {
        requireNonNull(boot, "boot is null");
        requireNonNull(sinceBoot, "sinceBoot is null");
        requireNonNull(wall, "wall is null");
    }

    /** The elapsed time since an earlier moment of the same boot; empty where a boot lies between, and nothing is known. */
    public Optional<Duration> elapsedSince(Moment earlier) {
        return boot.equals(earlier.boot) ? Optional.of(sinceBoot.minus(earlier.sinceBoot)) : Optional.empty();
    }

    /** Whether at least {@code wait} has certainly passed since {@code earlier}; false across a boot until proven anew. */
    public boolean isAtLeastAfter(Moment earlier, Duration wait) {
        Duration elapsed = boot.equals(earlier.boot) ? sinceBoot.minus(earlier.sinceBoot) : sinceBoot;
        return elapsed.compareTo(wait) >= 0;
    }

    /**
     * Whether this moment is not before another, both being past: by the even clock within one boot; a moment of the
     * present boot is later than any of a former one; only between two former boots the wall clock decides.
     */
    public boolean isNotBefore(Moment other, Moment now) {
        if (boot.equals(other.boot)) {
            return sinceBoot.compareTo(other.sinceBoot) >= 0;
        }
        if (boot.equals(now.boot) || other.boot.equals(now.boot)) {
            return boot.equals(now.boot);
        }
        return !wall.isBefore(other.wall);
    }

    /** This moment moved by a span on both clocks. */
    public Moment plus(Duration span) {
        return new Moment(boot, sinceBoot.plus(span), wall.plus(span));
    }
}
