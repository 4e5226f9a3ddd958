package io.keywane.store;

import io.keywane.engine.AuditEntry;
import io.keywane.engine.StoredAuditEntry;
import io.keywane.key.KeyName;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The audit as rows: appended to, never changed. */
final class AuditRows {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {
    };
    private static final String WRITE = """
            INSERT INTO audit (sequence, at_wall, actor, action, key_name, reason, request_id, details, hash)
            VALUES (:sequence, :at_wall, :actor, :action, :key_name, :reason, :request_id, :details, :hash)
            """;

    private record Head(long sequence, String hash) {}

    private AuditRows() {}

    static void append(Handle handle, List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        Head head = head(handle);
        for (AuditEntry entry : entries) {
            long sequence = head.sequence() + 1;
            head = new Head(sequence, AuditChain.hash(head.hash(), sequence, entry));
            write(handle, head, entry);
        }
        handle.createUpdate("UPDATE audit_head SET sequence = :sequence, hash = :hash WHERE id = 1")
                .bind("sequence", head.sequence()).bind("hash", head.hash()).execute();
    }

    private static void write(Handle handle, Head head, AuditEntry entry) {
        handle.createUpdate(WRITE).bind("sequence", head.sequence()).bind("at_wall", Columns.nanos(entry.at()))
                .bind("actor", entry.actor()).bind("action", entry.action())
                .bind("key_name", entry.key().map(KeyName::value).orElse(null)).bind("reason", entry.reason())
                .bind("request_id", entry.requestId().orElse(null))
                .bind("details", JSON.writeValueAsString(new TreeMap<>(entry.details())))
                .bind("hash", head.hash()).execute();
    }

    static List<StoredAuditEntry> tail(Handle handle, int count) {
        return handle.createQuery("SELECT * FROM audit ORDER BY sequence DESC LIMIT :count").bind("count", count)
                .map((row, context) -> entry(row)).list().reversed();
    }

    static List<AuditEntry> of(Handle handle, String requestId, KeyName key) {
        return handle.createQuery("SELECT * FROM audit WHERE request_id = :id AND key_name = :key ORDER BY sequence")
                .bind("id", requestId).bind("key", key.value()).map((row, context) -> entry(row).entry()).list();
    }

    /** The first line that does not fit what stands before it; one past the last where lines are missing at the end. */
    static OptionalLong firstBroken(Handle handle) {
        String hash = AuditChain.START;
        long sequence = 0;
        try (ResultIterator<StoredAuditEntry> lines = handle.createQuery("SELECT * FROM audit ORDER BY sequence")
                .map((row, context) -> entry(row)).iterator()) {
            while (lines.hasNext()) {
                StoredAuditEntry line = lines.next();
                sequence++;
                hash = AuditChain.hash(hash, sequence, line.entry());
                if (line.sequence() != sequence || !line.hash().equals(hash)) {
                    return OptionalLong.of(sequence);
                }
            }
        }
        return head(handle).equals(new Head(sequence, hash)) ? OptionalLong.empty() : OptionalLong.of(sequence + 1);
    }

    private static Head head(Handle handle) {
        return handle.createQuery("SELECT sequence, hash FROM audit_head WHERE id = 1")
                .map((row, context) -> new Head(row.getLong("sequence"), row.getString("hash"))).one();
    }

    private static StoredAuditEntry entry(ResultSet row) throws SQLException {
        AuditEntry entry = new AuditEntry(Columns.instant(row.getLong("at_wall")), row.getString("actor"),
                row.getString("action"), Columns.text(row, "key_name").map(KeyName::new), row.getString("reason"),
                Columns.text(row, "request_id"), details(row.getString("details")));
        return new StoredAuditEntry(row.getLong("sequence"), row.getString("hash"), entry);
    }

    // Details that somebody spoilt must show as a broken link, not stop the walk along the chain.
    private static Map<String, String> details(String json) {
        try {
            return JSON.readValue(json, DETAILS);
        } catch (JacksonException _) {
            return Map.of("unreadable", json);
        }
    }
}
