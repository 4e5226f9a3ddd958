package io.keywane.cli;

import io.keywane.control.UsageTable;
import io.keywane.control.UsageTable.Bucket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Use over time: a line with a sparkline for each limiter group, and every bucket where that is asked. */
final class UsageText {
    private static final List<String> GROUPS = List.of("GROUP", "OTHERS' REQUESTS OVER TIME", "TOTAL", "MOST",
            "OBSERVED",
            "OWN");
    private static final List<String> BUCKETS = List.of("FROM", "GROUP", "OTHERS' REQUESTS", "OBSERVED", "OWN");

    private UsageText() {}

    static List<String> groups(UsageTable table, Style style) {
        Map<String, List<Bucket>> groups = table.points().stream()
                .collect(Collectors.groupingBy(Bucket::group, TreeMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        lines.add(style.strong(table.key()) + ": " + Style.time(table.from()) + " to " + Style.time(table.to())
                + ", a column is " + Style.duration(table.bucket()));
        if (groups.isEmpty()) {
            lines.add("nothing was recorded in that time");
            return lines;
        }
        lines.addAll(Tables.of(GROUPS,
                groups.entrySet().stream().map(entry -> group(table, entry.getKey(), entry.getValue())).toList()));
        return lines;
    }

    static List<String> withBuckets(UsageTable table, Style style) {
        List<String> lines = new ArrayList<>(groups(table, style));
        lines.add("");
        lines.addAll(Tables.of(BUCKETS, table.points().stream().map(UsageText::bucket).toList()));
        return lines;
    }

    private static List<String> group(UsageTable table, String name, List<Bucket> buckets) {
        long lo = buckets.stream().mapToLong(Bucket::foreignLo).sum();
        long hi = buckets.stream().mapToLong(Bucket::foreignHi).sum();
        long most = buckets.stream().mapToLong(Bucket::foreignHi).max().orElse(0);
        List<Optional<Long>> columns = columns(table, buckets);
        double observed = buckets.stream().mapToDouble(Bucket::coverage).sum() / Math.max(1, columns.size());
        return List.of(name, Sparkline.of(columns), range(lo, hi), Long.toString(most), percent(observed),
                Long.toString(buckets.stream().mapToLong(Bucket::own).sum()));
    }

    /** One value for each bucket of the span; empty where nothing was observed. */
    private static List<Optional<Long>> columns(UsageTable table, List<Bucket> buckets) {
        Map<Instant, Bucket> byTime = buckets.stream()
                .collect(Collectors.toMap(Bucket::from, bucket -> bucket, (first, _) -> first));
        List<Optional<Long>> columns = new ArrayList<>();
        for (Instant at = table.from(); at.isBefore(table.to()); at = at.plus(table.bucket())) {
            columns.add(Optional.ofNullable(byTime.get(at)).filter(bucket -> bucket.coverage() > 0)
                    .map(Bucket::foreignHi));
        }
        return columns;
    }

    private static List<String> bucket(Bucket bucket) {
        return List.of(Style.time(bucket.from()), bucket.group(),
                bucket.coverage() > 0 ? range(bucket.foreignLo(), bucket.foreignHi()) : "-", percent(bucket.coverage()),
                Long.toString(bucket.own()));
    }

    private static String range(long lo, long hi) {
        return lo == hi ? Long.toString(lo) : lo + "-" + hi;
    }

    private static String percent(double share) {
        return Math.round(Math.min(1, share) * 100) + "%";
    }
}
