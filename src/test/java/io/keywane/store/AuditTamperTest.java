package io.keywane.store;

import io.keywane.engine.AuditEntry;
import io.keywane.engine.PersistenceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.keywane.store.Samples.START;
import static io.keywane.store.Samples.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AuditTamperTest {
    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteStateStore store;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("keywane.db"));
        store = new SqliteStateStore(database);
        store.audit(List.of(line("one"), line("two"), line("three"), line("four"), line("five")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void tamper(String sql) {
        database.change(handle -> {
            handle.execute("DROP TRIGGER audit_no_update");
            handle.execute("DROP TRIGGER audit_no_delete");
            handle.execute(sql);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "at_wall = at_wall + 1", "actor = 'uid:mallory'", "action = 'nothing'", "key_name = 'other'",
        "key_name = NULL", "reason = 'other'", "request_id = NULL", "details = '{}'", "details = 'spoilt'",
        "details = '{\"from\":\"STAGED\",\"to\":\"FLAGGED\"}'", "hash = 'x'", "sequence = 30"})
    void chain_lineChanged_breaksThere(String change) {
        tamper("UPDATE audit SET " + change + " WHERE sequence = 3");

        assertThat(store.firstBrokenAudit()).hasValue(3);
    }

    @Test
    void chain_lineRemoved_breaksThere() {
        tamper("DELETE FROM audit WHERE sequence = 2");

        assertThat(store.firstBrokenAudit()).hasValue(2);
    }

    @Test
    void chain_endCutOff_isMissed() {
        tamper("DELETE FROM audit WHERE sequence > 3");

        assertThat(store.firstBrokenAudit()).hasValue(4);
    }

    @Test
    void chain_everythingRemoved_isMissed() {
        tamper("DELETE FROM audit");

        assertThat(store.firstBrokenAudit()).hasValue(1);
    }

    @Test
    void chain_lineForged_breaksThere() {
        tamper("INSERT INTO audit SELECT 6, at_wall, actor, action, key_name, reason, request_id, details, hash"
                + " FROM audit WHERE sequence = 5");

        assertThat(store.firstBrokenAudit()).hasValue(6);
    }

    @Test
    void chain_untouched_isWholeAlsoAfterMore() {
        store.audit(List.of(line("six")));

        assertThat(store.firstBrokenAudit()).isEmpty();
    }

    @Test
    void lines_areNeitherChangedNorRemovedByAnyCode() {
        for (String sql : List.of("UPDATE audit SET actor = 'x'", "DELETE FROM audit",
                "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE sequence = 1")) {
            assertThatThrownBy(() -> database.change(handle -> handle.execute(sql))).as(sql)
                    .isInstanceOf(PersistenceException.class);
        }
        assertThat(store.firstBrokenAudit()).isEmpty();
    }

    @Test
    void hash_ofFieldsMovedIntoEachOther_differs() {
        AuditEntry one = new AuditEntry(START.wall(), "ab", "c", Optional.empty(), "", Optional.empty(), Map.of());
        AuditEntry two = new AuditEntry(START.wall(), "a", "bc", Optional.empty(), "", Optional.empty(), Map.of());
        AuditEntry three = new AuditEntry(START.wall(), "a", "bc", Optional.empty(), "", Optional.of(""), Map.of());

        assertThat(List.of(AuditChain.hash("", 1, one), AuditChain.hash("", 1, two), AuditChain.hash("", 1, three),
                AuditChain.hash("", 2, three), AuditChain.hash("x", 2, three))).doesNotHaveDuplicates();
    }
}
