package io.keywane.store;

import io.keywane.key.VersionId;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.HeaderFault;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Samples as rows. */
final class SampleRows {
    private static final String WRITE = """
            INSERT INTO sample (request, key_name, version, limiter, kind, sent_boot, sent_since_boot, sent_wall,
                received_boot, received_since_boot, received_wall, status, outcome, failure, rate_limit,
                rate_remaining, rate_reset_server, header_fault, deducted, balance, date_server, retry_after)
            VALUES (:request, :key_name, :version, :limiter, :kind, :sent_boot, :sent_since_boot, :sent_wall,
                :received_boot, :received_since_boot, :received_wall, :status, :outcome, :failure, :rate_limit,
                :rate_remaining, :rate_reset_server, :header_fault, :deducted, :balance, :date_server, :retry_after)
            ON CONFLICT (request) DO NOTHING
            """;

    private SampleRows() {}

    static void write(Handle handle, List<HistoryRow.OfSample> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(WRITE);
        for (HistoryRow.OfSample row : rows) {
            Sample sample = row.sample();
            batch.bind("request", sample.request()).bind("key_name", row.key().value())
                    .bind("version", sample.version().value()).bind("limiter", sample.group().value())
                    .bind("kind", sample.kind().name()).bind("status", sample.status())
                    .bind("outcome", sample.outcome().name())
                    .bind("failure", sample.failure().map(ProbeFailure::name).orElse(null));
            Columns.bind(batch, "sent", sample.sent());
            Columns.bind(batch, "received", sample.received());
            bind(batch, sample.headers());
            batch.add();
        }
        batch.execute();
    }

    private static void bind(PreparedBatch batch, AnswerHeaders headers) {
        Optional<RateLimitReading> rate = headers.rateLimit();
        batch.bind("rate_limit", rate.map(RateLimitReading::limit).orElse(null))
                .bind("rate_remaining", rate.map(RateLimitReading::remaining).orElse(null))
                .bind("rate_reset_server", rate.map(reading -> reading.reset().getEpochSecond()).orElse(null))
                .bind("header_fault", headers.fault().map(HeaderFault::name).orElse(null))
                .bind("deducted", Columns.orNull(headers.deducted()))
                .bind("balance", Columns.orNull(headers.balance()))
                .bind("date_server", headers.date().map(Instant::getEpochSecond).orElse(null))
                .bind("retry_after", headers.retryAfter().map(Columns::nanos).orElse(null));
    }

    static List<Sample> read(Handle handle, VersionId version, Instant from) {
        return handle.createQuery("""
                SELECT * FROM sample WHERE version = :version AND received_wall >= :from
                ORDER BY received_wall, request
                """).bind("version", version.value()).bind("from", Columns.nanos(from))
                .map((row, context) -> sample(row)).list();
    }

    private static Sample sample(ResultSet row) throws SQLException {
        return new Sample(row.getString("request"), new VersionId(row.getString("version")),
                new LimiterGroup(row.getString("limiter")), Columns.word(row, "kind", ProbeKind.class),
                Columns.moment(row, "sent"), Columns.moment(row, "received"), row.getInt("status"),
                Columns.word(row, "outcome", ProbeOutcome.class),
                Columns.optionalWord(row, "failure", ProbeFailure.class), headers(row));
    }

    private static AnswerHeaders headers(ResultSet row) throws SQLException {
        return new AnswerHeaders(reading(row), Columns.optionalWord(row, "header_fault", HeaderFault.class),
                Columns.number(row, "deducted"), Columns.number(row, "balance"),
                boxed(row, "date_server").map(Instant::ofEpochSecond),
                boxed(row, "retry_after").map(Duration::ofNanos));
    }

    private static Optional<RateLimitReading> reading(ResultSet row) throws SQLException {
        long remaining = row.getLong("rate_remaining");
        Instant reset = Instant.ofEpochSecond(row.getLong("rate_reset_server"));
        return boxed(row, "rate_limit").map(limit -> new RateLimitReading(limit, remaining, reset));
    }

    private static Optional<Long> boxed(ResultSet row, String name) throws SQLException {
        OptionalLong value = Columns.number(row, name);
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }
}
