package io.keywane.store;

import io.keywane.engine.PersistenceException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/** The shape of the database: made and brought up to date by Flyway, refused where a newer keywane wrote it. */
final class SqliteSchema {
    /** The format that this keywane reads and writes. */
    static final int FORMAT = 1;

    private static final List<String> CHECKED_TABLES = List.of("managed_key", "key_version", "gate_report", "rotation",
            "waiver",
            "intent", "audit", "audit_head", "operator_reply", "setting");

    private SqliteSchema() {}

    static void bringUpToDate(Path file, DataSource source) {
        try {
            requireKnownFormat(file, source);
            // A migration that this version does not have was made by a newer one; Flyway ignores it by default.
            Flyway.configure().dataSource(source)
                    .locations("classpath:db/migration/common", "classpath:db/migration/sqlite")
                    .ignoreMigrationPatterns(new String[0]).load().migrate();
        } catch (FlywayValidateException e) {
            throw new PersistenceException("database " + file + " has another schema than this keywane makes: install"
                    + " the keywane that wrote it, or a newer one", e);
        } catch (FlywayException | JdbiException e) {
            throw SqliteErrors.translate(file, e);
        }
    }

    /** Checks what rotations rest on; history may be large and is checked by use. */
    static void requireSound(Path file, SqliteDatabase database) {
        for (String table : CHECKED_TABLES) {
            String verdict = database.read(handle -> handle.createQuery("PRAGMA quick_check('" + table + "')")
                    .mapTo(String.class).first());
            if (!verdict.equals("ok")) {
                throw new PersistenceException("database " + file + " is damaged in table " + table
                        + ": stop keywane and restore it from a backup", new IOException("integrity check failed"));
            }
        }
    }

    private static void requireKnownFormat(Path file, DataSource source) {
        Optional<Integer> format = Jdbi.create(source).withHandle(SqliteSchema::format);
        if (format.isPresent() && format.get() != FORMAT) {
            throw new PersistenceException("database " + file + " has format keywane version " + format.get()
                    + ", and this keywane knows " + FORMAT + ": install the keywane that wrote it, or a newer one",
                    new IOException("unknown format"));
        }
    }

    private static Optional<Integer> format(Handle handle) {
        boolean present = handle.createQuery("SELECT count(*) FROM sqlite_master WHERE name = 'format'")
                .mapTo(Integer.class).one() > 0;
        return present
                ? handle.createQuery("SELECT version FROM format WHERE name = 'keywane'").mapTo(Integer.class).findOne()
                : Optional.empty();
    }
}
