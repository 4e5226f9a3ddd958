package io.keywane.usage;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * When one of our own requests was counted, if it was, as time since the present boot of the host; below 0 before it.
 *
 * @param earliest not before
 * @param latest not after
 * @param fate what is known of it
 */
public record OwnTime(Duration earliest, Duration latest, OwnFate fate) {
    private static final Duration DATED = Duration.ofMinutes(1);

    public OwnTime {
        requireNonNull(earliest, "earliest is null");
        requireNonNull(latest, "latest is null");
        requireNonNull(fate, "fate is null");
        if (latest.compareTo(earliest) < 0) {
            throw new IllegalArgumentException("latest lies before earliest");
        }
    }

    /** A request of another boot or host: only a last time is known. */
    static OwnTime undated(Duration latest) {
        return new OwnTime(latest.minus(GroupAccount.MEMORY), latest, OwnFate.UNKNOWN);
    }

    /** Whether it is known well enough to reckon with. */
    boolean isDated() {
        return latest.minus(earliest).compareTo(DATED) <= 0;
    }

    boolean isCounted() {
        return fate == OwnFate.COUNTED;
    }

    /** The best guess, but the boot where there is none; a request without an answer was most likely counted when it was sent, if it was. */
    Duration likely() {
        if (!isDated()) {
            return Duration.ZERO;
        }
        return isCounted() ? earliest.plus(latest).dividedBy(2) : earliest;
    }
}
