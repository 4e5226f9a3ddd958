package io.keywane.usage;

import io.keywane.key.VersionId;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Learns a {@link Cadence} from the usage points of a managed key, given in the order of time. What it keeps does not grow
 * with the number of points.
 *
 * <p>The series runs over all versions: use of any of them is use of the key; silence counts only of the version that was
 * used last, since a version that nobody has yet, or has no longer, is silent for another reason. Where that is wrong, the
 * key looks more idle than it is, which asks for a longer silence.
 */
public final class CadenceBuilder {
    private final SortedMap<LimiterGroup, Group> groups = new TreeMap<>();

    public CadenceBuilder(Collection<LimiterGroup> groups) {
        groups.forEach(group -> this.groups.put(group, new Group()));
    }

    /** Takes in the next point; one of an unknown group, or from before a step of the clock, is left out. */
    public void add(UsagePoint point) {
        Group group = groups.get(point.group());
        if (group != null) {
            group.add(point);
        }
    }

    /** What was learnt up to a time, which is not before the last point. */
    public Cadence build(Instant end) {
        if (groups.isEmpty()) {
            return Cadence.UNKNOWN;
        }
        Duration known = groups.values().stream().map(group -> group.known(end)).min(Duration::compareTo)
                .orElse(Duration.ZERO);
        double coverage = groups.values().stream().mapToDouble(group -> group.coverage(end)).min().orElse(0);
        List<GroupCadence> learnt = groups.entrySet().stream().map(e -> e.getValue().build(e.getKey())).toList();
        return new Cadence(known, coverage, learnt);
    }

    private static final class Group {
        private final IdleGaps gaps = new IdleGaps();
        private final HourCells cells = new HourCells();
        private final Map<VersionId, UsagePoint> last = new HashMap<>();
        private @Nullable VersionId leader;
        private @Nullable Instant first;
        private Instant latest = Instant.MIN;
        private Duration covered = Duration.ZERO;
        private Duration window = Duration.ZERO;

        void add(UsagePoint point) {
            Instant at = point.at().wall();
            if (at.isBefore(latest)) {
                return;
            }
            latest = at;
            if (first == null) {
                first = at;
                leader = point.version();
            }
            UsagePoint before = last.put(point.version(), point);
            if (point.verdict() == UsagePoint.Verdict.IN_USE) {
                leader = point.version();
                window = point.window().compareTo(window) > 0 ? point.window() : window;
            }
            boolean leads = point.version().equals(leader);
            if (leads) {
                gaps.take(before, point);
            }
            ForeignRate use = before == null ? ForeignRate.NONE : ForeignRate.between(before, point);
            if (leads) {
                covered = covered.plus(use.covered());
                cells.add(at, use);
                return;
            }
            cells.add(at, new ForeignRate(use.lo(), use.hi(), Duration.ZERO, Duration.ZERO));
        }

        Duration known(Instant end) {
            return first == null ? Duration.ZERO : Duration.between(first, end);
        }

        double coverage(Instant end) {
            Duration all = known(end);
            return all.isZero() ? 0 : Math.min(1, (double) covered.toNanos() / all.toNanos());
        }

        GroupCadence build(LimiterGroup group) {
            gaps.end();
            Duration longest = gaps.longest().compareTo(window) > 0 ? gaps.longest() : window;
            return new GroupCadence(group, gaps.use(), longest, gaps.longestEnd(), cells.rhythms(), cells.load());
        }
    }
}
