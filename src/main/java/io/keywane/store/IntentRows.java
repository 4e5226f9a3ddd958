package io.keywane.store;

import io.keywane.engine.Intent;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.util.List;

/** The journal of intents as rows. An outcome, once known, is not replaced by another. */
final class IntentRows {
    private static final String WRITE = """
            INSERT INTO intent (id, key_name, action, version, at_boot, at_since_boot, at_wall)
            VALUES (:id, :key_name, :action, :version, :at_boot, :at_since_boot, :at_wall)
            """;

    private IntentRows() {}

    static void write(Handle handle, List<Intent> intents) {
        if (intents.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(WRITE);
        for (Intent intent : intents) {
            batch.bind("id", intent.id()).bind("key_name", intent.key().value()).bind("action", intent.action())
                    .bind("version", intent.version().value());
            Columns.bind(batch, "at", intent.at()).add();
        }
        batch.execute();
    }

    static void conclude(Handle handle, Intent intent, Intent.Outcome outcome) {
        int changed = handle.createUpdate("""
                UPDATE intent SET outcome = :outcome
                WHERE id = :id AND (outcome IS NULL OR outcome = 'UNKNOWN' OR outcome = :outcome)
                """).bind("outcome", outcome.name()).bind("id", intent.id()).execute();
        if (changed == 0) {
            throw new IllegalStateException("intent " + intent.id() + " (" + intent.action() + ") cannot end as "
                    + outcome + ": it was never written, or ended otherwise");
        }
    }

    static List<Intent> unresolved(Handle handle, KeyName key) {
        return handle
                .createQuery(
                        """
                                SELECT * FROM intent WHERE (outcome IS NULL OR outcome = 'UNKNOWN') AND key_name = :key ORDER BY at_wall, id
                                """)
                .bind("key", key.value())
                .map((row, context) -> new Intent(row.getString("id"), new KeyName(row.getString("key_name")),
                        row.getString("action"), new VersionId(row.getString("version")), Columns.moment(row, "at")))
                .list();
    }
}
