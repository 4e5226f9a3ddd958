package io.keywane.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How others use a managed key in one limiter group.
 *
 * @param use whether a rhythm can be told at all
 * @param longestGap the longest idle time; at least the window shown, since shorter ones may have gone unseen; means
 *     something only where the use is repeated
 * @param gapEnd when that idle time ended, if it was seen
 * @param rhythms regular hours that stand out, as of jobs on a timetable
 * @param load how much others used it, hour by hour
 */
public record GroupCadence(
        LimiterGroup group,
        Use use,
        Duration longestGap,
        Optional<Instant> gapEnd,
        List<Rhythm> rhythms,
        HourlyLoad load) {
    /** How often a group was seen in use. */
    public enum Use {
        /** Never. */
        NEVER,
        /** On one short occasion, which is no rhythm. */
        ONCE,
        /** Again and again, or without a pause. */
        REPEATED
    }

    public GroupCadence {
        requireNonNull(group, "group is null");
        requireNonNull(use, "use is null");
        requireNonNull(longestGap, "longestGap is null");
        requireNonNull(gapEnd, "gapEnd is null");
        rhythms = List.copyOf(rhythms);
        requireNonNull(load, "load is null");
    }
}
