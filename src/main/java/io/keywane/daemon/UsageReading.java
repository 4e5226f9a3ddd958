package io.keywane.daemon;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.UsageTable;
import io.keywane.engine.Ports;
import io.keywane.rotation.KeyVersion;
import io.keywane.usage.ForeignRate;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.UsagePoint;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a key's use from history, over all its versions, in buckets of even length. */
final class UsageReading {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int BUCKETS = 48;
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private UsageReading() {}

    static UsageTable of(ControlRequest request, Ports ports) {
        Duration since = request.duration(Argument.SINCE).orElse(DAY);
        Instant to = ports.clock().now().wall();
        Instant from = to.minus(since);
        Duration bucket = since.dividedBy(BUCKETS).compareTo(SHORTEST) < 0 ? SHORTEST : since.dividedBy(BUCKETS);
        Map<LimiterGroup, List<UsagePoint>> byGroup = new TreeMap<>();
        ports.history().flush();
        ports.history().usage(request.key(), from)
                .forEach(point -> byGroup.computeIfAbsent(point.group(), _ -> new ArrayList<>()).add(point));
        List<Instant> own = ports.states().load(request.key()).versions().stream().map(KeyVersion::id)
                .flatMap(id -> ports.ledger().since(id, from).stream()).map(entry -> entry.sent().wall()).toList();
        List<UsageTable.Bucket> buckets = new ArrayList<>();
        for (Instant begin = from; begin.isBefore(to); begin = begin.plus(bucket)) {
            for (Map.Entry<LimiterGroup, List<UsagePoint>> group : byGroup.entrySet()) {
                buckets.add(bucket(begin, begin.plus(bucket), group.getKey(), group.getValue(), own));
            }
        }
        return new UsageTable(request.key().value(), from, to, bucket, buckets);
    }

    private static UsageTable.Bucket bucket(
            Instant from, Instant to, LimiterGroup group, List<UsagePoint> points, List<Instant> own) {
        ForeignRate rate = ForeignRate.NONE;
        Map<String, UsagePoint> before = new TreeMap<>();
        for (UsagePoint point : points) {
            UsagePoint former = before.put(point.version().value(), point);
            Instant at = point.at().wall();
            if (former != null && !at.isBefore(from) && at.isBefore(to)) {
                rate = rate.then(ForeignRate.between(former, point));
            }
        }
        double share = (double) rate.covered().toNanos() / Duration.between(from, to).toNanos();
        long ours = own.stream().filter(at -> !at.isBefore(from) && at.isBefore(to)).count();
        return new UsageTable.Bucket(from, group.value(), (long) Math.floor(rate.lo()), (long) Math.ceil(rate.hi()),
                Math.min(1, share), ours);
    }
}
