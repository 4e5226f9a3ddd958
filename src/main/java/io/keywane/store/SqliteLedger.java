package io.keywane.store;

import io.keywane.engine.ProbeLedger;
import io.keywane.key.VersionId;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnFate;
import io.keywane.usage.OwnRequest;
import org.jdbi.v3.core.statement.Update;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import static java.util.Objects.requireNonNull;

/** The ledger of our own requests in SQLite: one durable transaction for each. */
public final class SqliteLedger implements ProbeLedger {
    private final SqliteDatabase database;

    /** A ledger in this database, which the caller closes. */
    public SqliteLedger(SqliteDatabase database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public void open(OwnRequest entry) {
        database.change(handle -> {
            Update update = handle.createUpdate("""
                    INSERT INTO own_request (id, version, limiter, sent_boot, sent_since_boot, sent_wall, fate)
                    VALUES (:id, :version, :limiter, :sent_boot, :sent_since_boot, :sent_wall, :fate)
                    """).bind("id", entry.id()).bind("version", entry.version().value())
                    .bind("limiter", entry.group().value()).bind("fate", entry.fate().name());
            Columns.bind(update, "sent", entry.sent()).execute();
        });
    }

    /** An entry that was never opened stays unknown: what was not journalled before it was sent is not ours. */
    @Override
    public void settle(OwnRequest entry) {
        database.change(handle -> {
            Update update = handle.createUpdate("""
                    UPDATE own_request SET fate = :fate, settled_boot = :settled_boot,
                        settled_since_boot = :settled_since_boot, settled_wall = :settled_wall
                    WHERE id = :id
                    """).bind("id", entry.id()).bind("fate", entry.fate().name());
            Columns.bind(update, "settled", entry.settled()).execute();
        });
    }

    @Override
    public List<OwnRequest> since(VersionId version, Instant from) {
        return database.read(handle -> handle.createQuery("""
                SELECT * FROM own_request WHERE version = :version AND sent_wall >= :from ORDER BY sent_wall, id
                """).bind("version", version.value()).bind("from", Columns.nanos(from))
                .map((row, context) -> entry(row)).list());
    }

    private static OwnRequest entry(ResultSet row) throws SQLException {
        return new OwnRequest(row.getString("id"), new VersionId(row.getString("version")),
                new LimiterGroup(row.getString("limiter")), Columns.moment(row, "sent"),
                Columns.word(row, "fate", OwnFate.class), Columns.optionalMoment(row, "settled"));
    }
}
