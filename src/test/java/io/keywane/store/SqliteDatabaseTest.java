package io.keywane.store;

import io.keywane.engine.PersistenceException;
import io.keywane.key.VersionId;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static io.keywane.store.Samples.line;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqliteDatabaseTest {
    private static final LimiterGroup GENERAL = new LimiterGroup("general");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("keywane.db");
    }

    private void fill() {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            new SqliteStateStore(database).audit(List.of(line("one")));
        }
    }

    @Test
    void open_makesFilesForTheirOwnerOnly() throws IOException {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            new SqliteStateStore(database).audit(List.of(line("one")));
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> all = files.toList();
                assertThat(all).contains(file, folder.resolve("keywane.db-wal"));
                for (Path one : all) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                            .as(one.toString()).isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    void open_isDurableAndChecksReferences() {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(database, "synchronous")).isEqualTo("2");
            assertThat(pragma(database, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(database, "busy_timeout")).isEqualTo("5000");
        }
    }

    private static String pragma(SqliteDatabase database, String name) {
        return database.writer().use(handle -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
    }

    @Test
    void open_fileForOthers_isRefused() throws IOException {
        fill();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> SqliteDatabase.open(file)).isInstanceOf(PersistenceException.class)
                .hasMessage("database " + file + " has mode 0640, so others may reach it: chmod 600 " + file);
    }

    @Test
    void open_newerFormat_isRefused() {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.change(handle -> handle.execute("UPDATE format SET version = 2"));
        }

        assertThatThrownBy(() -> SqliteDatabase.open(file)).isInstanceOf(PersistenceException.class)
                .hasMessage("database " + file + " has format keywane version 2, and this keywane knows 1: install the"
                        + " keywane that wrote it, or a newer one");
    }

    @Test
    void open_migrationOfANewerKeywane_isRefused() {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            database.change(handle -> handle.execute("""
                    INSERT INTO flyway_schema_history
                    SELECT 99, '99', 'later', type, 'V99__later.sql', checksum, installed_by, installed_on, 1, 1
                    FROM flyway_schema_history WHERE version = '1'
                    """));
        }

        assertThatThrownBy(() -> SqliteDatabase.open(file)).isInstanceOf(PersistenceException.class)
                .hasMessage("database " + file + " has another schema than this keywane makes: install the keywane that"
                        + " wrote it, or a newer one");
    }

    @Test
    void open_somethingElse_isRefused() throws IOException {
        Files.writeString(file, "this is no database, but it is long enough to be looked at as one ".repeat(20));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> SqliteDatabase.open(file)).isInstanceOf(PersistenceException.class)
                .hasMessageContaining("database " + file + " is no SQLite database");
    }

    @Test
    void open_damagedPages_isRefused() throws IOException {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            SqliteStateStore store = new SqliteStateStore(database);
            for (int i = 0; i < 200; i++) {
                store.audit(List.of(line("line " + i)));
            }
        }
        byte[] content = Files.readAllBytes(file);
        for (int at = content.length / 2; at < content.length; at += 512) {
            content[at] ^= 0x55;
            content[at + 1] ^= 0x55;
        }
        Files.write(file, content);

        assertThatThrownBy(() -> SqliteDatabase.open(file)).isInstanceOf(PersistenceException.class)
                .hasMessageContaining("database " + file).hasMessageContaining("restore it from a backup");
    }

    @Test
    void open_withoutItsFolder_namesTheFile() {
        Path nowhere = folder.resolve("absent").resolve("keywane.db");

        assertThatThrownBy(() -> SqliteDatabase.open(nowhere)).isInstanceOf(PersistenceException.class)
                .hasMessageContaining(nowhere.toString()).hasMessageContaining("folder exists");
    }

    @Test
    void write_diskFull_saysSoWithoutValuesAndRecovers() {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            SqliteStateStore store = new SqliteStateStore(database);
            assertThat(pragma(database, "max_page_count = " + pragma(database, "page_count"))).isNotEmpty();
            String large = "confidential ".repeat(10_000);

            assertThatThrownBy(() -> store.setting("name", large)).isInstanceOf(PersistenceException.class)
                    .hasMessage("database " + file + " cannot grow: free space on its file system")
                    .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain("confidential"));

            store.setting("name", large);
            assertThat(store.setting("name")).contains(large);
        }
    }

    @Test
    void write_readOnly_saysSo() {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            SqliteStateStore store = new SqliteStateStore(database);
            database.writer().use(handle -> handle.execute("PRAGMA query_only = 1"));

            assertThatThrownBy(() -> store.setting("name", "value")).isInstanceOf(PersistenceException.class)
                    .hasMessageContaining("database " + file + " is read-only");
            assertThat(store.setting("name")).isEmpty();
        }
    }

    @Test
    void write_afterACommitThatFailed_goesOnWithAFreshConnection() {
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            SqliteStateStore store = new SqliteStateStore(database);

            // The pragma lets the end of its own transaction fail.
            assertThatThrownBy(() -> database.change(handle -> handle.execute("PRAGMA query_only = 1")))
                    .isInstanceOf(PersistenceException.class).hasMessageContaining("read-only");

            store.setting("name", "value");
            assertThat(store.setting("name")).contains("value");
        }
    }

    @Test
    void copy_takenInTheMiddle_holdsWhatWasCommitted() throws IOException {
        Path copy = folder.resolve("copy");
        Files.createDirectory(copy);
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            SqliteStateStore store = new SqliteStateStore(database);
            store.audit(List.of(line("one"), line("two")));
            store.setting("name", "value");
            copyTo(copy);
            store.setting("name", "later");
        }

        try (SqliteDatabase database = SqliteDatabase.open(copy.resolve("keywane.db"))) {
            SqliteStateStore store = new SqliteStateStore(database);
            assertThat(store.setting("name")).contains("value");
            assertThat(store.auditTail(9)).hasSize(2);
            assertThat(store.firstBrokenAudit()).isEmpty();
        }
    }

    @Test
    void copy_withATornLog_losesTheTornTransactionWhole() throws IOException {
        Path copy = folder.resolve("copy");
        Files.createDirectory(copy);
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            SqliteStateStore store = new SqliteStateStore(database);
            store.setting("name", "before");
            store.audit(List.of(line("torn"), line("torn")));
            copyTo(copy);
        }
        Path log = copy.resolve("keywane.db-wal");
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 100);
        }

        try (SqliteDatabase database = SqliteDatabase.open(copy.resolve("keywane.db"))) {
            SqliteStateStore store = new SqliteStateStore(database);
            assertThat(store.setting("name")).contains("before");
            assertThat(store.auditTail(9)).isEmpty();
            assertThat(store.firstBrokenAudit()).isEmpty();
        }
    }

    private void copyTo(Path copy) throws IOException {
        for (String name : List.of("keywane.db", "keywane.db-wal")) {
            Files.copy(folder.resolve(name), copy.resolve(name));
        }
    }

    @Test
    void process_killedWhileWriting_losesNothingThatWasReported() throws Exception {
        Process writer = LockingProcess.start(LedgerProcess.class, file);
        List<String> reported = new ArrayList<>();
        try (BufferedReader output = LockingProcess.output(writer)) {
            while (reported.size() < 50) {
                String line = output.readLine();
                assertThat(line).as("output of the writer").isNotNull();
                // Other lines are log.
                if (line.startsWith("request-")) {
                    reported.add(line);
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }

        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            List<String> kept = new SqliteLedger(database).since(version(1), Instant.EPOCH).stream()
                    .map(OwnRequest::id).toList();
            assertThat(kept).containsAll(reported);
        }
    }

    /** Writes ledger entries for ever, and reports each that is durable. */
    static final class LedgerProcess {
        private LedgerProcess() {}

        public static void main(String[] arguments) {
            VersionId version = version(1);
            SqliteDatabase database = SqliteDatabase.open(Path.of(arguments[0]));
            SqliteLedger ledger = new SqliteLedger(database);
            for (int i = 0; i < 1_000_000; i++) {
                String id = "request-" + i;
                ledger.open(OwnRequest.opened(id, version, GENERAL, Samples.after(i)));
                LockingProcess.say(id);
            }
            database.close();
        }
    }
}
