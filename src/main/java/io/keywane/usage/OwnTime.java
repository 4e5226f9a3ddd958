package io.keywane.usage;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * When one of our own requests was counted, if it was, as time since the present boot of the host.
 *
 * @param earliest not before; negative where it was sent before this boot, and nothing nearer is known
 * @param latest not after
 * @param fate what is known of it
 */
public record OwnTime(Duration earliest, Duration latest, OwnFate fate) {
    public OwnTime {
        requireNonNull(earliest, "earliest is null");
        requireNonNull(latest, "latest is null");
        requireNonNull(fate, "fate is null");
        if (latest.compareTo(earliest) < 0) {
            throw new IllegalArgumentException("latest lies before earliest");
        }
    }

    boolean isOfThisBoot() {
        return !earliest.isNegative();
    }

    boolean isCounted() {
        return fate == OwnFate.COUNTED;
    }

    /** The best guess; a request without an answer was most likely counted when it was sent, if it was. */
    Duration likely() {
        if (!isOfThisBoot()) {
            return Duration.ZERO;
        }
        return isCounted() ? earliest.plus(latest).dividedBy(2) : earliest;
    }
}
