package io.keywane.store;

import io.keywane.key.Fingerprint;
import io.keywane.key.KeyName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Gate;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Reason;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Versions of a key as rows. A version that was once written stays. */
final class KeyVersionRows {
    private static final String WRITE = """
            INSERT INTO key_version (key_name, id, position, fingerprint, public_prefix, environment, dashboard_name,
                taken_in_boot, taken_in_since_boot, taken_in_wall, stage, since_boot, since_since_boot, since_wall,
                reason, served, waived, replaced_boot, replaced_since_boot, replaced_wall)
            VALUES (:key_name, :id, :position, :fingerprint, :public_prefix, :environment, :dashboard_name,
                :taken_in_boot, :taken_in_since_boot, :taken_in_wall, :stage, :since_boot, :since_since_boot,
                :since_wall, :reason, :served, :waived, :replaced_boot, :replaced_since_boot, :replaced_wall)
            ON CONFLICT (key_name, id) DO UPDATE SET position = excluded.position,
                dashboard_name = excluded.dashboard_name, stage = excluded.stage, since_boot = excluded.since_boot,
                since_since_boot = excluded.since_since_boot, since_wall = excluded.since_wall,
                reason = excluded.reason, served = excluded.served, waived = excluded.waived,
                replaced_boot = excluded.replaced_boot, replaced_since_boot = excluded.replaced_since_boot,
                replaced_wall = excluded.replaced_wall
            """;
    private static final String WRITE_GATE = """
            INSERT INTO gate_report (key_name, version, position, gate, met, waived, required, known, missing)
            VALUES (:key_name, :version, :position, :gate, :met, :waived, :required, :known, :missing)
            """;

    private KeyVersionRows() {}

    static void write(Handle handle, KeyName key, List<KeyVersion> versions) {
        // The one that leaves first: at no point may two rows be current.
        writeThose(handle, key, versions, false);
        writeThose(handle, key, versions, true);
        requireNoneLost(handle, key, versions);
    }

    private static void writeThose(Handle handle, KeyName key, List<KeyVersion> versions, boolean current) {
        for (int position = 0; position < versions.size(); position++) {
            KeyVersion version = versions.get(position);
            if ((version.stage() == Stage.CURRENT) == current) {
                write(handle, key, position, version);
            }
        }
    }

    private static void write(Handle handle, KeyName key, int position, KeyVersion version) {
        Update update = handle.createUpdate(WRITE).bind("key_name", key.value()).bind("id", version.id().value())
                .bind("position", position).bind("fingerprint", version.fingerprint().value())
                .bind("public_prefix", version.publicPrefix().orElse(null))
                .bind("environment", version.environment().orElse(null))
                .bind("dashboard_name", version.dashboardName().orElse(null))
                .bind("stage", version.stage().name()).bind("reason", version.reason().name())
                .bind("served", Columns.flag(version.served())).bind("waived", Columns.flag(version.waived()));
        Columns.bind(update, "taken_in", version.takenIn());
        Columns.bind(update, "since", version.since());
        Columns.bind(update, "replaced", version.replaced());
        update.execute();
        writeGates(handle, key, version);
    }

    private static void writeGates(Handle handle, KeyName key, KeyVersion version) {
        handle.createUpdate("DELETE FROM gate_report WHERE key_name = :key_name AND version = :version")
                .bind("key_name", key.value()).bind("version", version.id().value()).execute();
        if (version.evidence().isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(WRITE_GATE);
        for (int position = 0; position < version.evidence().size(); position++) {
            GateReport gate = version.evidence().get(position);
            batch.bind("key_name", key.value()).bind("version", version.id().value()).bind("position", position)
                    .bind("gate", gate.gate().name()).bind("met", Columns.flag(gate.met()))
                    .bind("waived", Columns.flag(gate.waived())).bind("required", gate.required())
                    .bind("known", gate.known()).bind("missing", gate.missing()).add();
        }
        batch.execute();
    }

    private static void requireNoneLost(Handle handle, KeyName key, List<KeyVersion> versions) {
        int stored = handle.createQuery("SELECT count(*) FROM key_version WHERE key_name = :key_name")
                .bind("key_name", key.value()).mapTo(Integer.class).one();
        if (stored != versions.size()) {
            throw new IllegalStateException("key " + key + " has " + stored + " known versions, and a state with "
                    + versions.size() + " would forget some of them");
        }
    }

    static List<KeyVersion> read(Handle handle, KeyName key) {
        return handle.createQuery("SELECT * FROM key_version WHERE key_name = :key_name ORDER BY position")
                .bind("key_name", key.value()).map((row, context) -> version(handle, key, row)).list();
    }

    private static KeyVersion version(Handle handle, KeyName key, ResultSet row) throws SQLException {
        VersionId id = new VersionId(row.getString("id"));
        return new KeyVersion(id, new Fingerprint(row.getString("fingerprint")), Columns.text(row, "public_prefix"),
                Columns.text(row, "environment"), Columns.text(row, "dashboard_name"),
                Columns.moment(row, "taken_in"), Columns.word(row, "stage", Stage.class),
                Columns.moment(row, "since"), Columns.word(row, "reason", Reason.class),
                Columns.flag(row, "served"), Columns.optionalMoment(row, "replaced"), Columns.flag(row, "waived"),
                gates(handle, key, id));
    }

    private static List<GateReport> gates(Handle handle, KeyName key, VersionId version) {
        return handle.createQuery("""
                SELECT * FROM gate_report WHERE key_name = :key_name AND version = :version ORDER BY position
                """).bind("key_name", key.value()).bind("version", version.value())
                .map((row, context) -> new GateReport(Columns.word(row, "gate", Gate.class), Columns.flag(row, "met"),
                        Columns.flag(row, "waived"), row.getString("required"), row.getString("known"),
                        row.getString("missing")))
                .list();
    }
}
