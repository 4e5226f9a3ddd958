package io.keywane.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import javax.sql.DataSource;

/**
 * One connection, used by one thread at a time. After a failure of SQLite the connection is given up and the next use
 * opens another, since a commit that failed leaves the driver's idea of the transaction in doubt.
 */
final class SqliteSession implements AutoCloseable {
    private final Path file;
    private final DataSource source;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Handle handle;
    private boolean closed;

    SqliteSession(Path file, DataSource source) {
        this.file = file;
        this.source = source;
    }

    /** Runs work in one transaction. */
    <T> T transact(Function<Handle, T> work) {
        return use(open -> open.inTransaction(work::apply));
    }

    /** Runs work outside of transactions, as some pragmas need. */
    <T> T use(Function<Handle, T> work) {
        lock.lock();
        try {
            return work.apply(open());
        } catch (JdbiException e) {
            giveUp();
            throw SqliteErrors.translate(file, e);
        } catch (UnknownWordException | IllegalArgumentException | NullPointerException e) {
            // The latter two come from rows that no noun can be made of.
            throw SqliteErrors.translate(file, e);
        } finally {
            lock.unlock();
        }
    }

    private Handle open() {
        if (closed) {
            throw new IllegalStateException("database " + file + " was closed");
        }
        Handle open = handle;
        if (open == null) {
            open = Jdbi.create(source).open();
            handle = open;
        }
        return open;
    }

    private void giveUp() {
        Handle open = handle;
        handle = null;
        if (open != null) {
            quietlyClose(open);
        }
    }

    // Its failure says no more than the one that came before it, which is being thrown.
    private static void quietlyClose(Handle open) {
        try {
            open.getConnection().close();
        } catch (SQLException _) {
            return;
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (handle != null) {
                handle.close();
                handle = null;
            }
        } catch (JdbiException e) {
            throw SqliteErrors.translate(file, e);
        } finally {
            lock.unlock();
        }
    }
}
