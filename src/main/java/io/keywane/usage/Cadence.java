package io.keywane.usage;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How others use a managed key, learnt from what was seen of all its versions up to one moment. Unobserved time is neither
 * idle nor use.
 *
 * @param known how far back the history reaches, in the group where it reaches least far
 * @param coverage share of that time that was observed, in the group observed least, 0 to 1
 * @param groups what was learnt of each limiter group
 */
public record Cadence(Duration known, double coverage, List<GroupCadence> groups) {
    /** Nothing was seen. */
    public static final Cadence UNKNOWN = new Cadence(Duration.ZERO, 0, List.of());

    /** The history that is looked at: long enough to see a weekly job four times. */
    public static final Duration LOOKED_AT = Duration.ofDays(28);
    /** Every hour of the week has come once. */
    private static final Duration LEAST_KNOWN = Duration.ofDays(7);
    private static final double LEAST_COVERAGE = 0.75;

    public Cadence {
        requireNonNull(known, "known is null");
        groups = List.copyOf(groups);
    }

    /** Whether the history is long enough, and seen well enough, to tell how the key is used. */
    public boolean isEnough() {
        return isSeenLongEnough() && groups.stream().noneMatch(group -> group.use() == GroupCadence.Use.ONCE);
    }

    /** Whether every hour of the week has come, and most of the time was observed. */
    public boolean isSeenLongEnough() {
        return known.compareTo(LEAST_KNOWN) >= 0 && coverage >= LEAST_COVERAGE;
    }

    /** The group with the longest idle time between uses, if any group is used repeatedly. */
    public Optional<GroupCadence> longestIdle() {
        return groups.stream().filter(group -> group.use() == GroupCadence.Use.REPEATED)
                .max(Comparator.comparing(GroupCadence::longestGap));
    }

    /** What was learnt of one group. */
    public Optional<GroupCadence> of(LimiterGroup group) {
        return groups.stream().filter(cadence -> cadence.group().equals(group)).findFirst();
    }
}
