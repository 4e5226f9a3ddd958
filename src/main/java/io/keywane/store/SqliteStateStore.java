package io.keywane.store;

import io.keywane.engine.AuditEntry;
import io.keywane.engine.Intent;
import io.keywane.engine.StateStore;
import io.keywane.engine.StoredAuditEntry;
import io.keywane.key.KeyName;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.Rotation;
import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * State, journal and audit in SQLite. Never forgets a version, never replaces an open rotation by another, never changes
 * an audit line.
 */
public final class SqliteStateStore implements StateStore {
    private static final int STATE_FORMAT = 1;

    private final SqliteDatabase database;

    /** A store in this database, which the caller closes. */
    public SqliteStateStore(SqliteDatabase database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public KeyState load(KeyName key) {
        return database.read(handle -> {
            requireKnownFormat(handle, key);
            return new KeyState(key, KeyVersionRows.read(handle, key), RotationRows.latest(handle, key));
        });
    }

    private static void requireKnownFormat(Handle handle, KeyName key) {
        int format = handle.createQuery("SELECT format FROM managed_key WHERE name = :name").bind("name", key.value())
                .mapTo(Integer.class).findOne().orElse(STATE_FORMAT);
        if (format != STATE_FORMAT) {
            throw new UnknownWordException("the state of key " + key + " in format version " + format + ", and this"
                    + " keywane knows " + STATE_FORMAT);
        }
    }

    /** Every rotation of a key, oldest first, for reports. */
    @Override
    public List<Rotation> rotations(KeyName key) {
        return database.read(handle -> RotationRows.read(handle, key));
    }

    @Override
    public List<KeyName> keys() {
        return database.read(handle -> handle.createQuery("SELECT name FROM managed_key ORDER BY name")
                .map((row, context) -> new KeyName(row.getString("name"))).list());
    }

    @Override
    public void commit(KeyState state, List<Intent> intents, List<AuditEntry> audit) {
        database.change(handle -> {
            handle.createUpdate("""
                    INSERT INTO managed_key (name, format) VALUES (:name, :format) ON CONFLICT (name) DO NOTHING
                    """).bind("name", state.key().value()).bind("format", STATE_FORMAT).execute();
            requireKnownFormat(handle, state.key());
            KeyVersionRows.write(handle, state.key(), state.versions());
            state.rotation().ifPresent(rotation -> RotationRows.write(handle, state.key(), rotation));
            IntentRows.write(handle, intents);
            AuditRows.append(handle, audit);
        });
    }

    @Override
    public void conclude(Intent intent, Intent.Outcome outcome, AuditEntry audit) {
        database.change(handle -> {
            IntentRows.conclude(handle, intent, outcome);
            AuditRows.append(handle, List.of(audit));
        });
    }

    @Override
    public List<Intent> unresolvedIntents(KeyName key) {
        return database.read(handle -> IntentRows.unresolved(handle, key));
    }

    @Override
    public void audit(List<AuditEntry> entries) {
        database.change(handle -> AuditRows.append(handle, entries));
    }

    @Override
    public List<StoredAuditEntry> auditTail(int count) {
        return database.read(handle -> AuditRows.tail(handle, count));
    }

    @Override
    public List<AuditEntry> audited(String requestId, KeyName key) {
        return database.read(handle -> AuditRows.of(handle, requestId, key));
    }

    @Override
    public OptionalLong firstBrokenAudit() {
        return database.read(AuditRows::firstBroken);
    }

    @Override
    public Optional<String> replyTo(String requestId) {
        return database.read(handle -> handle
                .createQuery("SELECT reply FROM operator_reply WHERE request_id = :id").bind("id", requestId)
                .mapTo(String.class).findOne());
    }

    @Override
    public void remember(String requestId, String reply, Instant at) {
        database.change(handle -> handle.createUpdate("""
                INSERT INTO operator_reply (request_id, reply, at_wall) VALUES (:id, :reply, :at)
                ON CONFLICT (request_id) DO UPDATE SET reply = excluded.reply, at_wall = excluded.at_wall
                """).bind("id", requestId).bind("reply", reply).bind("at", Columns.nanos(at)).execute());
    }

    @Override
    public void pruneReplies(Instant before) {
        database.change(handle -> handle.createUpdate("DELETE FROM operator_reply WHERE at_wall < :before")
                .bind("before", Columns.nanos(before)).execute());
    }

    @Override
    public Optional<String> setting(String name) {
        return database.read(handle -> handle.createQuery("SELECT value FROM setting WHERE name = :name")
                .bind("name", name).mapTo(String.class).findOne());
    }

    @Override
    public void setting(String name, String value) {
        database.change(handle -> handle.createUpdate("""
                INSERT INTO setting (name, value) VALUES (:name, :value)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """).bind("name", name).bind("value", value).execute());
    }
}
