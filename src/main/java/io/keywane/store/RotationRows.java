package io.keywane.store;

import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.Gate;
import io.keywane.rotation.Reason;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.rotation.Trigger;
import io.keywane.rotation.Waiver;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Rotations as rows: the latest of a key is its state, the earlier ones stay for reports. */
final class RotationRows {
    private static final String WRITE = """
            INSERT INTO rotation (id, key_name, ordinal, opened_by, state, reason, began_boot, began_since_boot,
                began_wall, since_boot, since_since_boot, since_wall, old_version, new_version, promoted_boot,
                promoted_since_boot, promoted_wall, published_boot, published_since_boot, published_wall, approved_by,
                paused, rollback, parked_from)
            VALUES (:id, :key_name, :ordinal, :opened_by, :state, :reason, :began_boot, :began_since_boot,
                :began_wall, :since_boot, :since_since_boot, :since_wall, :old_version, :new_version, :promoted_boot,
                :promoted_since_boot, :promoted_wall, :published_boot, :published_since_boot, :published_wall,
                :approved_by, :paused, :rollback, :parked_from)
            ON CONFLICT (id) DO UPDATE SET opened_by = excluded.opened_by, state = excluded.state, reason = excluded.reason,
                since_boot = excluded.since_boot, since_since_boot = excluded.since_since_boot,
                since_wall = excluded.since_wall, old_version = excluded.old_version,
                new_version = excluded.new_version, promoted_boot = excluded.promoted_boot,
                promoted_since_boot = excluded.promoted_since_boot, promoted_wall = excluded.promoted_wall,
                published_boot = excluded.published_boot, published_since_boot = excluded.published_since_boot,
                published_wall = excluded.published_wall, approved_by = excluded.approved_by,
                paused = excluded.paused, rollback = excluded.rollback, parked_from = excluded.parked_from
            """;
    private static final String WRITE_WAIVER = """
            INSERT INTO waiver (rotation_id, position, gate, actor, reason, given_wall, version)
            VALUES (:rotation_id, :position, :gate, :actor, :reason, :given_wall, :version)
            """;

    private RotationRows() {}

    static void write(Handle handle, KeyName key, Rotation rotation) {
        requireOwnRow(handle, key, rotation);
        Update update = handle.createUpdate(WRITE).bind("id", rotation.id()).bind("key_name", key.value())
                .bind("ordinal", ordinal(handle, key, rotation)).bind("opened_by", rotation.trigger().name())
                .bind("state", rotation.state().name()).bind("reason", rotation.reason().name())
                .bind("old_version", rotation.oldVersion().map(VersionId::value).orElse(null))
                .bind("new_version", rotation.newVersion().map(VersionId::value).orElse(null))
                .bind("approved_by", rotation.approvedBy().orElse(null))
                .bind("paused", Columns.flag(rotation.paused()))
                .bind("rollback", Columns.flag(rotation.rollback()))
                .bind("parked_from", rotation.parkedFrom().map(RotationState::name).orElse(null));
        Columns.bind(update, "began", rotation.began());
        Columns.bind(update, "since", rotation.since());
        Columns.bind(update, "promoted", rotation.promoted());
        Columns.bind(update, "published", rotation.published());
        update.execute();
        writeWaivers(handle, rotation);
    }

    /** No rotation takes another key's row, and none that is over begins again. */
    private static void requireOwnRow(Handle handle, KeyName key, Rotation rotation) {
        Optional<Present> present = handle.createQuery("SELECT key_name, state FROM rotation WHERE id = :id")
                .bind("id", rotation.id()).map((row, context) -> new Present(row.getString("key_name"),
                        Columns.word(row, "state", RotationState.class)))
                .findOne();
        if (present.filter(row -> !row.key().equals(key.value())).isPresent()) {
            throw new IllegalStateException("rotation " + rotation.id() + " is one of key " + present.get().key()
                    + ", so key " + key + " cannot have it");
        }
        if (present.filter(row -> row.state().isTerminal() && row.state() != rotation.state()).isPresent()) {
            throw new IllegalStateException("rotation " + rotation.id() + " of key " + key + " is over ("
                    + present.get().state() + "), so it cannot become " + rotation.state());
        }
    }

    private record Present(String key, RotationState state) {}

    /** The rotation's place among those of its key; a new one takes the next, and only when the former is over (I9). */
    private static int ordinal(Handle handle, KeyName key, Rotation rotation) {
        Optional<Latest> latest = handle.createQuery("""
                SELECT id, ordinal, state FROM rotation WHERE key_name = :key_name ORDER BY ordinal DESC LIMIT 1
                """).bind("key_name", key.value()).map((row, context) -> new Latest(row.getString("id"),
                row.getInt("ordinal"), Columns.word(row, "state", RotationState.class))).findOne();
        if (latest.isEmpty()) {
            return 1;
        }
        if (latest.get().id().equals(rotation.id())) {
            return latest.get().ordinal();
        }
        if (!latest.get().state().isTerminal()) {
            throw new IllegalStateException("key " + key + " has the open rotation " + latest.get().id()
                    + ", so rotation " + rotation.id() + " cannot take its place before that is over");
        }
        return latest.get().ordinal() + 1;
    }

    private record Latest(String id, int ordinal, RotationState state) {}

    private static void writeWaivers(Handle handle, Rotation rotation) {
        handle.createUpdate("DELETE FROM waiver WHERE rotation_id = :id").bind("id", rotation.id()).execute();
        for (int position = 0; position < rotation.waivers().size(); position++) {
            Waiver waiver = rotation.waivers().get(position);
            handle.createUpdate(WRITE_WAIVER).bind("rotation_id", rotation.id()).bind("position", position)
                    .bind("gate", waiver.gate().name()).bind("actor", waiver.actor())
                    .bind("reason", waiver.reason()).bind("given_wall", Columns.nanos(waiver.at()))
                    .bind("version", waiver.version().map(VersionId::value).orElse(null)).execute();
        }
    }

    /** A key's rotations, oldest first. */
    static List<Rotation> read(Handle handle, KeyName key) {
        return handle.createQuery("SELECT * FROM rotation WHERE key_name = :key_name ORDER BY ordinal")
                .bind("key_name", key.value()).map((row, context) -> rotation(handle, row)).list();
    }

    static Optional<Rotation> latest(Handle handle, KeyName key) {
        return handle.createQuery("""
                SELECT * FROM rotation WHERE key_name = :key_name ORDER BY ordinal DESC LIMIT 1
                """).bind("key_name", key.value()).map((row, context) -> rotation(handle, row)).findOne();
    }

    private static Rotation rotation(Handle handle, ResultSet row) throws SQLException {
        String id = row.getString("id");
        return new Rotation(id, Columns.word(row, "opened_by", Trigger.class),
                Columns.word(row, "state", RotationState.class), Columns.word(row, "reason", Reason.class),
                Columns.moment(row, "began"), Columns.moment(row, "since"),
                Columns.text(row, "old_version").map(VersionId::new),
                Columns.text(row, "new_version").map(VersionId::new), Columns.optionalMoment(row, "promoted"),
                Columns.optionalMoment(row, "published"), Columns.text(row, "approved_by"),
                Columns.flag(row, "paused"), Columns.flag(row, "rollback"),
                Columns.optionalWord(row, "parked_from", RotationState.class), waivers(handle, id));
    }

    private static List<Waiver> waivers(Handle handle, String rotation) {
        return handle.createQuery("SELECT * FROM waiver WHERE rotation_id = :id ORDER BY position")
                .bind("id", rotation).map((row, context) -> new Waiver(Columns.word(row, "gate", Gate.class),
                        row.getString("actor"), row.getString("reason"), Columns.instant(row.getLong("given_wall")),
                        Columns.text(row, "version").map(VersionId::new)))
                .list();
    }
}
