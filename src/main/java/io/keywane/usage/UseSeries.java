package io.keywane.usage;

import io.keywane.key.VersionId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * Others' use of one managed key as an even series of counts, made from the points of all its versions and groups: load
 * that moves from one version to another leaves no trace in it, so a rotation is no anomaly.
 *
 * <p>A count is spread evenly over the time that its point observed. A step is given out when every source was looked at
 * after its end, or two steps later. Deterministic; not safe for use by several threads at once.
 */
public final class UseSeries {
    /** A source not looked at for so many steps is gone. */
    private static final int GONE = 3;
    private static final int PATIENCE = 2;
    /** What lies further back than this is not waited for. */
    private static final int LONGEST = 1_440;

    private final long stepNanos;
    private final Map<Source, UsagePoint> last = new HashMap<>();
    private final TreeMap<Long, Map<Source, Observed>> cells = new TreeMap<>();
    private long next = Long.MIN_VALUE;
    private double carried;

    /** One counter that is looked at. */
    private record Source(VersionId version, LimiterGroup group) {}

    /** What one source told of one step. */
    private record Observed(double nanos, double count, boolean refused) {
        static final Observed NOTHING = new Observed(0, 0, false);

        Observed plus(double moreNanos, double more, boolean isRefused) {
            return new Observed(nanos + moreNanos, count + more, refused || isRefused);
        }
    }

    /** A series with steps of this length, counted from the epoch. */
    public UseSeries(Duration step) {
        this.stepNanos = requireNonNull(step, "step is null").toNanos();
        if (stepNanos <= 0) {
            throw new IllegalArgumentException("step must be positive");
        }
    }

    /** Takes in the next point, in the order of time, and gives the steps that are complete now, oldest first. */
    public List<SeriesPoint> take(UsagePoint point) {
        Source source = new Source(point.version(), point.group());
        UsagePoint before = last.put(source, point);
        long end = nanos(point.at().wall());
        if (before != null) {
            boolean refused = point.why() == UsageReason.KEY_REFUSED;
            spread(source, ForeignRate.between(before, point), end, refused);
        }
        if (next == Long.MIN_VALUE || end / stepNanos - next > LONGEST) {
            next = end / stepNanos;
            carried = 0;
            cells.headMap(next).clear();
        }
        List<SeriesPoint> complete = new ArrayList<>();
        while (isComplete(next, end)) {
            complete.add(give(next));
            next++;
        }
        return complete;
    }

    private void spread(Source source, ForeignRate use, long end, boolean refused) {
        long length = refused ? use.span().toNanos() : use.covered().toNanos();
        double perNano = length == 0 || refused ? 0 : (use.lo() + use.hi()) / 2 / length;
        long from = end - length;
        for (long cell = Math.max(from / stepNanos, next); cell * stepNanos < end; cell++) {
            double part = Math.min(end, (cell + 1) * stepNanos) - Math.max(from, cell * stepNanos);
            cells.computeIfAbsent(cell, _ -> new HashMap<>()).merge(source,
                    Observed.NOTHING.plus(part, perNano * part, refused),
                    (a, b) -> a.plus(b.nanos(), b.count(), b.refused()));
        }
    }

    private boolean isComplete(long cell, long now) {
        long end = (cell + 1) * stepNanos;
        if (now < end) {
            return false;
        }
        return now >= end + PATIENCE * stepNanos
                || last.values().stream().filter(p -> isWatched(p, cell)).allMatch(p -> nanos(p.at().wall()) >= end);
    }

    private boolean isWatched(UsagePoint point, long cell) {
        return nanos(point.at().wall()) >= (cell + 1 - GONE) * stepNanos;
    }

    private SeriesPoint give(long cell) {
        Map<Source, Observed> seen = cells.getOrDefault(cell, Map.of());
        Set<LimiterGroup> served = new HashSet<>();
        Set<LimiterGroup> groups = new HashSet<>();
        double coverage = 1;
        double sum = 0;
        for (Map.Entry<Source, UsagePoint> entry : last.entrySet()) {
            if (!isWatched(entry.getValue(), cell)) {
                continue;
            }
            Observed observed = seen.getOrDefault(entry.getKey(), Observed.NOTHING);
            double share = Math.min(1, observed.nanos() / stepNanos);
            coverage = Math.min(coverage, share);
            sum += share == 0 ? 0 : observed.count() / share;
            groups.add(entry.getKey().group());
            if (!observed.refused()) {
                served.add(entry.getKey().group());
            }
        }
        cells.headMap(cell, true).clear();
        // A refused version is used by nobody; but where every version is refused, nothing is known of the load.
        return point(cell, sum, groups.isEmpty() || !served.equals(groups) ? 0 : coverage);
    }

    private SeriesPoint point(long cell, double sum, double coverage) {
        Instant from = instant(cell * stepNanos);
        SeriesPoint unobserved = new SeriesPoint(from, 0, coverage);
        if (!unobserved.isObserved()) {
            carried = 0;
            return unobserved;
        }
        double whole = Math.floor(sum + carried + 1e-6);
        carried = Math.max(0, sum + carried - whole);
        return new SeriesPoint(from, whole, coverage);
    }

    /** Nothing before a time is given out any more. */
    public void skipTo(Instant from) {
        next = Math.max(next, nanos(from) / stepNanos);
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
