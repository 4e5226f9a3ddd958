package io.keywane.store;

import io.keywane.engine.PersistenceException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.nio.file.Path;

/** Says what a failure of SQLite means, naming the file and the way out; never the values of a statement. */
final class SqliteErrors {
    private static final int PRIMARY_CODE = 0xff;

    private SqliteErrors() {}

    static PersistenceException translate(Path file, RuntimeException failure) {
        // JDBI's own messages list the bound values, so the root alone is kept.
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof SQLiteException sqlite) {
            return new PersistenceException("database " + file + " " + explain(sqlite.getResultCode()), sqlite);
        }
        if (root instanceof UnknownWordException) {
            return new PersistenceException("database " + file + " holds " + root.getMessage()
                    + ": install the keywane that wrote it, or a newer one", root);
        }
        return new PersistenceException("database " + file + " could not be used (" + root.getClass().getSimpleName()
                + "): check the file, or restore it from a backup", root);
    }

    private static String explain(SQLiteErrorCode code) {
        return switch (code.code & PRIMARY_CODE) {
            case 5, 6 -> "is in use by another process: see `systemctl status keywane`";
            case 8 -> "is read-only: mount its file system writable and give the daemon's user the file";
            case 10 -> "could not be read or written (" + code.name() + "): check the disk";
            case 11 -> "is damaged: stop keywane and restore it from a backup";
            case 13 -> "cannot grow: free space on its file system";
            case 14 -> "cannot be opened: check that its folder exists and belongs to the daemon's user";
            case 19 -> "refused a row that contradicts what it holds (" + code.name() + "): nothing was written";
            case 26 -> "is no SQLite database: check storage.database in the config, or restore it from a backup";
            default -> "failed (" + code.name() + "): check the disk, or restore it from a backup";
        };
    }
}
