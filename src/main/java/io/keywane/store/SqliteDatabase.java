package io.keywane.store;

import io.keywane.engine.PersistenceException;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * The SQLite file of state, audit and history. A write is durable when it returns (write-ahead log, full sync); writes
 * go one after another, reads run beside them and see what was committed before. One process at a time writes.
 */
public final class SqliteDatabase implements AutoCloseable {
    private static final int BUSY_MILLISECONDS = 5_000;

    private final SqliteSession writer;
    private final SqliteSession reader;

    private SqliteDatabase(SqliteSession writer, SqliteSession reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Opens the database, makes it (mode 0600) where it is absent, and brings its schema up to date.
     *
     * @throws PersistenceException if it is damaged, open to others, not writable, or written by a newer keywane
     */
    public static SqliteDatabase open(Path file) {
        requireNonNull(file, "file is null");
        requireOwnFile(file);
        SQLiteDataSource writing = source(file, SQLiteConfig.TransactionMode.IMMEDIATE);
        SqliteSchema.bringUpToDate(file, writing);
        SqliteDatabase database = new SqliteDatabase(new SqliteSession(file, writing),
                new SqliteSession(file, source(file, SQLiteConfig.TransactionMode.DEFERRED)));
        boolean sound = false;
        try {
            SqliteSchema.requireSound(file, database);
            sound = true;
            return database;
        } finally {
            if (!sound) {
                database.close();
            }
        }
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig.TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLISECONDS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(mode);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    // SQLite gives its journal files the mode of the database, so that mode must stand before the first of them.
    private static void requireOwnFile(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE));
            }
            FileAccess access = FileAccess.of(file);
            if (!access.isOwnerOnly()) {
                throw new PersistenceException("database " + file + " has mode " + access.octal()
                        + ", so others may reach it: chmod 600 " + file, new IOException("loose mode"));
            }
        } catch (IOException e) {
            throw new PersistenceException("database " + file + " cannot be opened: check that its folder exists and"
                    + " belongs to the daemon's user", e);
        }
    }

    /** Runs one durable transaction; all of it happens or nothing. */
    void change(Consumer<Handle> work) {
        boolean done = writer.transact(handle -> {
            work.accept(handle);
            return true;
        });
        if (!done) {
            throw new IllegalStateException("a transaction ended without a result");
        }
    }

    /** Reads from one consistent snapshot. */
    <T> T read(Function<Handle, T> work) {
        return reader.transact(work);
    }

    /** The writing connection. */
    SqliteSession writer() {
        return writer;
    }

    /** Closes the file; what was written stays written. */
    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
