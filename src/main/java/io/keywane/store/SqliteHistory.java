package io.keywane.store;

import io.keywane.engine.History;
import io.keywane.engine.PersistenceException;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.key.VersionId;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.WalletReading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * History in SQLite, written in batches. Keeping a row never fails: where the database cannot be written, rows wait in a
 * bounded queue, whose oldest give way and are counted. {@link #flush()} tells of the failure.
 */
public final class SqliteHistory implements History {
    /** Rows that are written together without being asked. */
    static final int BATCH = 1_000;
    /** Rows that wait at most. */
    static final int CAPACITY = 50_000;

    /** Later than any clock is set to, and within what a column holds. */
    private static final Instant END_OF_TIME = Instant.parse("2200-01-01T00:00:00Z");

    private final SqliteDatabase database;
    private final HistoryQueue queue;
    private final int batch;

    /** A history in this database, which the caller closes, after {@link #flush()}. */
    public SqliteHistory(SqliteDatabase database) {
        this(database, BATCH, CAPACITY);
    }

    SqliteHistory(SqliteDatabase database, int batch, int capacity) {
        this.database = requireNonNull(database, "database is null");
        this.batch = batch;
        this.queue = new HistoryQueue(capacity);
    }

    @Override
    public void record(KeyName key, Sample sample) {
        add(new HistoryRow.OfSample(key, sample));
    }

    @Override
    public void record(KeyName key, UsagePoint point) {
        add(new HistoryRow.OfUsage(key, point));
    }

    @Override
    public void record(OrganisationName organisation, WalletReading reading) {
        add(new HistoryRow.OfWallet(organisation, reading));
    }

    /** How many rows were lost since the start because the database could not be written for long. */
    public long dropped() {
        return queue.dropped();
    }

    private void add(HistoryRow row) {
        // After a failure the next attempt comes one batch later, not with every row.
        if (queue.add(row) % batch == 0) {
            tryToFlush();
        }
    }

    private Optional<PersistenceException> tryToFlush() {
        List<HistoryRow> rows = queue.takeAll();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        try {
            write(rows);
            return Optional.empty();
        } catch (PersistenceException e) {
            queue.putBack(rows);
            return Optional.of(e);
        }
    }

    private void write(List<HistoryRow> rows) {
        List<HistoryRow.OfSample> samples = new ArrayList<>();
        List<HistoryRow.OfUsage> points = new ArrayList<>();
        List<HistoryRow.OfWallet> readings = new ArrayList<>();
        for (HistoryRow row : rows) {
            switch (row) {
                case HistoryRow.OfSample sample -> samples.add(sample);
                case HistoryRow.OfUsage point -> points.add(point);
                case HistoryRow.OfWallet reading -> readings.add(reading);
            }
        }
        database.change(handle -> {
            SampleRows.write(handle, samples);
            UsageRows.write(handle, points);
            WalletRows.write(handle, readings);
        });
    }

    @Override
    public void flush() {
        tryToFlush().ifPresent(failure -> {
            throw failure;
        });
    }

    @Override
    public List<Sample> samples(VersionId version, Instant from) {
        tryToFlush();
        return database.read(handle -> SampleRows.read(handle, version, from));
    }

    @Override
    public List<UsagePoint> usage(KeyName key, Instant from) {
        tryToFlush();
        return database.read(handle -> UsageRows.read(handle, key, from, END_OF_TIME));
    }

    @Override
    public List<UsagePoint> usage(KeyName key, Instant from, Instant before) {
        tryToFlush();
        return database.read(handle -> UsageRows.read(handle, key, from, before));
    }

    @Override
    public void rejudge(KeyName key, List<UsagePoint> points) {
        if (points.isEmpty()) {
            return;
        }
        flush();
        database.change(handle -> UsageRows.replace(handle, key, points));
    }

    @Override
    public List<WalletReading> wallet(OrganisationName organisation, Instant from) {
        tryToFlush();
        return database.read(handle -> WalletRows.read(handle, organisation, from));
    }

    @Override
    public void prune(Instant before, List<VersionId> unresolved) {
        new Retention(database, before, unresolved).apply();
    }
}
