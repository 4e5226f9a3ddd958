package io.keywane.usage;

import java.time.Duration;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What a calibration may cost, and the lengths among which a window's is looked for.
 *
 * @param timeLimit how long it may take
 * @param shareOfLimit share of the shown limit that our own requests may use, above 0 up to 1
 * @param lengths the lengths that a window may have, ascending
 * @param otherKey whether requests can be sent with another key of the organisation
 * @param missing whether a request can be sent that is answered 404
 */
public record CalibratorSettings(
        Duration timeLimit, double shareOfLimit, List<Duration> lengths, boolean otherKey, boolean missing) {
    /** The lengths that limiters have in practice, far enough apart to be told from each other. */
    public static final List<Duration> USUAL_LENGTHS = List.of(Duration.ofSeconds(20), Duration.ofSeconds(30),
            Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMinutes(10),
            Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(6),
            Duration.ofHours(12), Duration.ofHours(24));

    /** With nothing but the key itself. */
    public CalibratorSettings(Duration timeLimit, double shareOfLimit, List<Duration> lengths) {
        this(timeLimit, shareOfLimit, lengths, false, false);
    }

    public CalibratorSettings {
        requireNonNull(timeLimit, "timeLimit is null");
        lengths = lengths.stream().sorted().toList();
        if (!(shareOfLimit > 0 && shareOfLimit <= 1)) {
            throw new IllegalArgumentException("shareOfLimit must be above 0 and at most 1");
        }
        if (lengths.isEmpty()) {
            throw new IllegalArgumentException("there must be a length to look for");
        }
    }
}
