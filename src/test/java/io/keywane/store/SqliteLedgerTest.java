package io.keywane.store;

import io.keywane.engine.PersistenceException;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnFate;
import io.keywane.usage.OwnRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;

import static io.keywane.store.Samples.after;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqliteLedgerTest {
    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteLedger ledger;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("keywane.db"));
        ledger = new SqliteLedger(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static OwnRequest entry(String id, int version, long seconds) {
        return OwnRequest.opened(id, version(version), new LimiterGroup("general"), after(seconds));
    }

    @Test
    void open_entry_isPendingAlsoAfterReopening() {
        ledger.open(entry("a", 1, 0));
        close();
        open();

        assertThat(ledger.since(version(1), Instant.EPOCH)).containsExactly(entry("a", 1, 0));
    }

    @Test
    void settle_entry_keepsItsFate() {
        ledger.open(entry("a", 1, 0));
        ledger.open(entry("b", 1, 1));
        OwnRequest counted = entry("a", 1, 0).settle(OwnFate.COUNTED, after(2));
        OwnRequest unknown = entry("b", 1, 1).settle(OwnFate.UNKNOWN, after(3));

        ledger.settle(counted);
        ledger.settle(unknown);

        assertThat(ledger.since(version(1), Instant.EPOCH)).containsExactly(counted, unknown);
    }

    @Test
    void settle_entryNeverOpened_isNotMadeOurs() {
        ledger.settle(entry("a", 1, 0).settle(OwnFate.COUNTED, after(1)));

        assertThat(ledger.since(version(1), Instant.EPOCH)).isEmpty();
    }

    @Test
    void open_sameIdentityAgain_isRefused() {
        ledger.open(entry("a", 1, 0));

        assertThatThrownBy(() -> ledger.open(entry("a", 1, 5))).isInstanceOf(PersistenceException.class);
        assertThat(ledger.since(version(1), Instant.EPOCH)).containsExactly(entry("a", 1, 0));
    }

    @Test
    void open_whereNothingCanBeWritten_throws() {
        database.writer().use(handle -> handle.execute("PRAGMA query_only = 1"));

        assertThatThrownBy(() -> ledger.open(entry("a", 1, 0))).isInstanceOf(PersistenceException.class);
    }

    @Test
    void since_givesAVersionsEntriesFromThenOnOldestFirst() {
        ledger.open(entry("c", 1, 30));
        ledger.open(entry("a", 1, 10));
        ledger.open(entry("b", 1, 20));
        ledger.open(entry("x", 2, 20));

        assertThat(ledger.since(version(1), after(20).wall())).extracting(OwnRequest::id).containsExactly("b", "c");
        assertThat(ledger.since(version(1), Instant.MIN)).extracting(OwnRequest::id).containsExactly("a", "b", "c");
        assertThat(ledger.since(version(1), Instant.MAX)).isEmpty();
    }
}
