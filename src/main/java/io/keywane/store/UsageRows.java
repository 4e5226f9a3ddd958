package io.keywane.store;

import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.usage.CountRange;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsageReason;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What samples told of foreign use, as rows. */
final class UsageRows {
    private static final String WRITE = """
            INSERT INTO usage_point (key_name, version, limiter, at_boot, at_since_boot, at_wall, verdict, why,
                foreign_lo, foreign_hi, window_length)
            VALUES (:key_name, :version, :limiter, :at_boot, :at_since_boot, :at_wall, :verdict, :why,
                :foreign_lo, :foreign_hi, :window_length)
            """;

    private UsageRows() {}

    static void write(Handle handle, List<HistoryRow.OfUsage> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(WRITE);
        for (HistoryRow.OfUsage row : rows) {
            UsagePoint point = row.point();
            batch.bind("key_name", row.key().value()).bind("version", point.version().value())
                    .bind("limiter", point.group().value()).bind("verdict", point.verdict().name())
                    .bind("why", point.why().name()).bind("foreign_lo", point.foreign().lo())
                    .bind("foreign_hi", point.foreign().hi())
                    .bind("window_length", Columns.nanos(point.window()));
            Columns.bind(batch, "at", point.at()).add();
        }
        batch.execute();
    }

    static void replace(Handle handle, KeyName key, List<UsagePoint> points) {
        handle.createUpdate("""
                DELETE FROM usage_point WHERE key_name = :key_name AND version = :version AND at_wall >= :from
                    AND at_wall <= :to
                """).bind("key_name", key.value()).bind("version", points.getFirst().version().value())
                .bind("from",
                        Columns.nanos(points.stream().map(p -> p.at().wall()).min(Instant::compareTo).orElseThrow()))
                .bind("to",
                        Columns.nanos(points.stream().map(p -> p.at().wall()).max(Instant::compareTo).orElseThrow()))
                .execute();
        write(handle, points.stream().map(point -> new HistoryRow.OfUsage(key, point)).toList());
    }

    static List<UsagePoint> read(Handle handle, KeyName key, Instant from, Instant before) {
        return handle.createQuery("""
                SELECT * FROM usage_point WHERE key_name = :key_name AND at_wall >= :from AND at_wall < :before
                ORDER BY at_wall, limiter, version
                """).bind("key_name", key.value()).bind("from", Columns.nanos(from))
                .bind("before", Columns.nanos(before))
                .map((row, context) -> point(row)).list();
    }

    private static UsagePoint point(ResultSet row) throws SQLException {
        return new UsagePoint(new VersionId(row.getString("version")), new LimiterGroup(row.getString("limiter")),
                Columns.moment(row, "at"), Columns.word(row, "verdict", UsagePoint.Verdict.class),
                Columns.word(row, "why", UsageReason.class),
                new CountRange(row.getLong("foreign_lo"), row.getLong("foreign_hi")),
                Duration.ofNanos(row.getLong("window_length")));
    }
}
