package io.keywane.store;

import io.keywane.key.VersionId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drops old history, an hour of it in each transaction, so that a probe that is to be journalled never waits long.
 */
final class Retention {
    private static final long SLICE = Duration.ofHours(1).toNanos();
    /** No version is called so; it keeps the list from being empty, which SQL does not allow everywhere. */
    private static final String NO_VERSION = "";

    private final SqliteDatabase database;
    private final long before;
    private final List<String> kept;

    Retention(SqliteDatabase database, Instant before, List<VersionId> unresolved) {
        this.database = database;
        this.before = Columns.nanos(before);
        this.kept = new ArrayList<>(unresolved.stream().map(VersionId::value).toList());
        kept.add(NO_VERSION);
    }

    void apply() {
        drop("sample", "received_wall", "version");
        drop("own_request", "sent_wall", "version");
        drop("usage_point", "at_wall", "'any version'");
        drop("wallet_reading", "at_wall", "'any version'");
    }

    private void drop(String table, String time, String version) {
        String old = " FROM " + table + " WHERE " + time + " < :end AND " + version + " NOT IN (<kept>)";
        Optional<Long> oldest = oldest(time, old);
        while (oldest.isPresent()) {
            long end = Math.min(before, oldest.get() + SLICE);
            database.change(handle -> handle.createUpdate("DELETE" + old).bind("end", end).bindList("kept", kept)
                    .execute());
            oldest = oldest(time, old);
        }
    }

    private Optional<Long> oldest(String time, String old) {
        return database.read(handle -> handle.createQuery("SELECT min(" + time + ")" + old).bind("end", before)
                .bindList("kept", kept).mapTo(Long.class).findOne());
    }
}
