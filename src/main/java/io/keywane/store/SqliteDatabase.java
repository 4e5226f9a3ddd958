package io.keywane.store;

import io.keywane.engine.PersistenceException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * The SQLite file of state, audit and history. A write is durable when it returns (write-ahead log, full sync); writes
 * go one after another, reads run beside them and see what was committed before. One process at a time writes.
 */
public final class SqliteDatabase implements AutoCloseable {
    private static final int BUSY_MILLISECONDS = 5_000;

    private final Path file;
    private final Handle writer;
    private final Handle reader;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();

    private SqliteDatabase(Path file, Handle writer, Handle reader) {
        this.file = file;
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
        try {
            SqliteSchema.bringUpToDate(file, source(file, SQLiteConfig.TransactionMode.IMMEDIATE));
            return connect(file);
        } catch (RuntimeException e) {
            throw e instanceof PersistenceException known ? known : SqliteErrors.translate(file, e);
        }
    }

    private static SqliteDatabase connect(Path file) {
        Handle writer = handle(source(file, SQLiteConfig.TransactionMode.IMMEDIATE));
        boolean connected = false;
        try {
            SqliteSchema.requireSound(file, writer);
            SqliteDatabase database = new SqliteDatabase(file, writer,
                    handle(source(file, SQLiteConfig.TransactionMode.DEFERRED)));
            connected = true;
            return database;
        } finally {
            if (!connected) {
                writer.close();
            }
        }
    }

    private static Handle handle(SQLiteDataSource source) {
        return Jdbi.create(source).open();
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
    <T> T write(Function<Handle, T> work) {
        return run(writer, writing, work);
    }

    /** Runs one durable transaction without a result. */
    void change(Consumer<Handle> work) {
        boolean done = write(handle -> {
            work.accept(handle);
            return true;
        });
        if (!done) {
            throw new IllegalStateException("a transaction ended without a result");
        }
    }

    /** Reads from one consistent snapshot. */
    <T> T read(Function<Handle, T> work) {
        return run(reader, reading, work);
    }

    private <T> T run(Handle handle, ReentrantLock lock, Function<Handle, T> work) {
        lock.lock();
        try {
            return handle.inTransaction(work::apply);
        } catch (JdbiException | UnknownWordException e) {
            throw SqliteErrors.translate(file, e);
        } finally {
            lock.unlock();
        }
    }

    Path file() {
        return file;
    }

    /** Closes the file; what was written stays written. */
    @Override
    public void close() {
        closing(reader, reading);
        closing(writer, writing);
    }

    private void closing(Handle handle, ReentrantLock lock) {
        lock.lock();
        try {
            handle.close();
        } catch (JdbiException e) {
            throw SqliteErrors.translate(file, e);
        } finally {
            lock.unlock();
        }
    }
}
