package io.keywane.store;

import io.keywane.engine.AuditEntry;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.Randomness;
import io.keywane.engine.RestoredState;
import io.keywane.engine.Settings.StorageSettings;
import io.keywane.engine.StoreException;
import io.keywane.key.Fingerprint;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Reason;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A backup is whole or refused, holds no key in clear, and its restore takes nothing away. */
class BackupTest {
    private static final KeyName KEY = new KeyName("search");
    private static final VersionId OLD = new VersionId("0123456789abcdef0123456789abcdef");
    private static final VersionId NEW = new VersionId("fedcba9876543210fedcba9876543210");
    private static final KeyMaterial OLD_VALUE = material("jbe_live_canary_old");
    private static final KeyMaterial NEW_VALUE = material("jbe_live_canary_new");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Moment MOMENT = new Moment("boot-1", Duration.ofHours(1), NOW);
    private static final Randomness RANDOMNESS = randomness();

    @TempDir
    private Path folder;
    private KeyEncryptionKey key;
    private StorageSettings storage;
    private Backup backup;
    private Path file;

    @BeforeEach
    void install() throws Exception {
        Path state = Files.createDirectory(folder.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        storage = new StorageSettings(state.resolve("keys"), folder.resolve("kek"), state.resolve("state.db"),
                folder.resolve("published"), Duration.ofDays(30), Duration.ofDays(400));
        key = KeyEncryptionKey.create(storage.keyEncryptionKey());
        backup = new Backup(storage, key, RANDOMNESS);
        file = folder.resolve("backup");
    }

    @AfterEach
    void wipe() {
        key.close();
    }

    @Test
    void backup_madeWhileTheStateIsInUse_saysWhatItHolds() throws Exception {
        try (SqliteDatabase database = SqliteDatabase.open(storage.database()); FileSecretStore store = store()) {
            begin(database, store);

            BackupContents contents = backup.create(file, "1.2.3", NOW);

            assertThat(contents).isEqualTo(new BackupContents(NOW, "1.2.3", List.of(KEY), 1, Optional.of(NOW), 1));
            assertThat(backup.verify(file)).isEqualTo(contents);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
        assertThat(leftInState()).containsExactlyInAnyOrder("state.db", "keys");
    }

    @Test
    void file_thatExists_isNotWrittenOver() throws Exception {
        begin();
        Files.writeString(file, "mine");
        assertThatExceptionOfType(PersistenceException.class).isThrownBy(() -> backup.create(file, "1", NOW))
                .withMessageContaining("exists");
        assertThat(file).hasContent("mine");
    }

    @Test
    void keys_standNowhereInClear() throws Exception {
        begin();
        backup.create(file, "1", NOW);
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("canary").doesNotContain("search").startsWith("keywane-backup 1 ");
    }

    /** Every byte of the head, of the lengths and of the last piece, and many others. */
    @Test
    void changedByte_isFoundWhereverItStands() throws Exception {
        begin();
        backup.create(file, "1", NOW);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            int place = i < 120 ? i : i < 160 ? whole.length - 1 - (i - 120) : random.nextInt(whole.length);
            byte[] changed = whole.clone();
            changed[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, changed);
            assertThatExceptionOfType(StoreException.class).as("byte %d", place).isThrownBy(() -> backup.verify(file));
        }
    }

    @Test
    void backup_cutOffOrLonger_isRefused() throws Exception {
        begin();
        backup.create(file, "1", NOW);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[]{0, 10, 100, whole.length / 2, whole.length - 1, whole.length - 20}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatExceptionOfType(StoreException.class).as("%d bytes", length)
                    .isThrownBy(() -> backup.verify(file));
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> backup.verify(file));
    }

    @Test
    void backup_underAnotherKeyEncryptionKey_isRefusedAndSaysSo() throws Exception {
        begin();
        backup.create(file, "1", NOW);
        try (KeyEncryptionKey other = KeyEncryptionKey.create(folder.resolve("other"))) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> new Backup(storage, other, RANDOMNESS).verify(file))
                    .withMessageContaining("another key-encryption key");
        }
    }

    @Test
    void restore_whereNothingIsLeft_bringsAllBackAndPausesWhatWasOpen() throws Exception {
        begin();
        backup.create(file, "1", NOW);
        BackupFolder.remove(folder.resolve("state"));
        assertThat(backup.verify(file).keys()).containsExactly(KEY);

        Backup.Restored restored = backup.restore(file, false, "user:anna", "disk lost", NOW);

        assertThat(restored.aside()).isEmpty();
        assertThat(restored.restoredKeyFiles()).containsExactly(KEY);
        assertThat(restored.paused()).containsExactly(KEY);
        try (SqliteDatabase database = SqliteDatabase.open(storage.database()); FileSecretStore store = store()) {
            SqliteStateStore states = new SqliteStateStore(database);
            assertThat(store.read(KEY, OLD)).isEqualTo(OLD_VALUE);
            assertThat(states.load(KEY).versions()).first().satisfies(flagged -> {
                assertThat(flagged.stage()).isEqualTo(Stage.RETIRING);
                assertThat(flagged.reason()).isEqualTo(Reason.EVIDENCE_LOST);
            });
            assertThat(states.load(KEY).openRotation().map(Rotation::paused)).contains(true);
            assertThat(states.setting(RestoredState.setting(KEY))).contains(NOW.toString());
            assertThat(states.auditTail(1)).first().satisfies(line -> {
                assertThat(line.entry().action()).isEqualTo("backup.restored");
                assertThat(line.entry().actor()).isEqualTo("user:anna");
                assertThat(line.entry().reason()).isEqualTo("disk lost");
            });
            assertThat(states.firstBrokenAudit()).isEmpty();
        }
    }

    @Test
    void restore_overANewerState_isRefusedUnlessToldAndLosesNothing() throws Exception {
        begin();
        backup.create(file, "1", NOW);
        goOn();

        assertThatExceptionOfType(Backup.NewerStateException.class)
                .isThrownBy(() -> backup.restore(file, false, "user:anna", "try", NOW))
                .withMessageContaining("newer");
        Backup.Restored restored = backup.restore(file, true, "user:anna", "meant", NOW);

        assertThat(restored.keptKeyFiles()).containsExactly(KEY);
        assertThat(restored.aside()).get().satisfies(aside -> {
            try (SqliteDatabase former = SqliteDatabase.open(aside)) {
                assertThat(new SqliteStateStore(former).auditTail(9)).hasSize(2);
            }
        });
        try (FileSecretStore store = store()) {
            assertThat(store.read(KEY, NEW)).isEqualTo(NEW_VALUE);
            assertThat(store.view(KEY).current()).contains(NEW);
        }
    }

    @Test
    void restore_overADamagedState_mustBeToldAndKeepsTheDamagedFiles() throws Exception {
        begin();
        backup.create(file, "1", NOW);
        byte[] damaged = "not a database, and long enough to be looked at as one".getBytes(StandardCharsets.US_ASCII);
        Files.write(storage.database(), damaged);
        Path keyFile = storage.keyDirectory().resolve("search.json");
        Files.writeString(keyFile, "{");

        assertThatExceptionOfType(Backup.NewerStateException.class)
                .isThrownBy(() -> backup.restore(file, false, "user:anna", "try", NOW))
                .withMessageContaining("cannot be read");
        Backup.Restored restored = backup.restore(file, true, "user:anna", "damaged", NOW);

        assertThat(restored.restoredKeyFiles()).containsExactly(KEY);
        assertThat(restored.aside()).get().satisfies(aside -> assertThat(aside).hasBinaryContent(damaged));
        assertThat(storage.keyDirectory().resolve("search.json.before-restore-20260301T100000Z")).hasContent("{");
        try (FileSecretStore store = store()) {
            assertThat(store.read(KEY, OLD)).isEqualTo(OLD_VALUE);
        }
    }

    @Test
    void restore_whileTheDaemonRuns_isRefused() throws Exception {
        begin();
        backup.create(file, "1", NOW);
        try (StateLock _ = StateLock.acquire(storage.database().resolveSibling("lock"))) {
            assertThatExceptionOfType(PersistenceException.class)
                    .isThrownBy(() -> backup.restore(file, true, "user:anna", "try", NOW))
                    .withMessageContaining("is in use");
        }
    }

    @Test
    void damagedBackup_changesNothing() throws Exception {
        begin();
        backup.create(file, "1", NOW);
        byte[] whole = Files.readAllBytes(file);
        whole[whole.length / 2] ^= 1;
        Files.write(file, whole);
        byte[] before = Files.readAllBytes(storage.database());

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> backup.restore(file, true, "user:anna", "try", NOW));

        assertThat(storage.database()).hasBinaryContent(before);
        assertThat(leftInState()).contains("state.db", "keys", "lock").noneMatch(name -> name.startsWith(".backup"));
    }

    private void begin() {
        try (SqliteDatabase database = SqliteDatabase.open(storage.database()); FileSecretStore store = store()) {
            begin(database, store);
        }
    }

    private static void begin(SqliteDatabase database, FileSecretStore store) {
        long revision = store.stage(KEY, OLD, OLD_VALUE, store.view(KEY).revision()).revision();
        store.promote(KEY, OLD, revision);
        Rotation open = Rotation.open("r-1", Trigger.OPERATOR, Reason.STARTED_BY_OPERATOR, Optional.empty(), MOMENT);
        KeyVersion flagged = new KeyVersion(NEW, new Fingerprint("0123456789abcdef"), Optional.empty(),
                Optional.empty(),
                Optional.empty(), MOMENT, Stage.FLAGGED, MOMENT, Reason.FLAG_MARKED, true, Optional.of(MOMENT), false,
                List.of());
        new SqliteStateStore(database).commit(KeyState.empty(KEY).adding(flagged).with(open), List.of(),
                List.of(line("begin")));
    }

    /** After the backup a new key took the old one's place. */
    private void goOn() {
        try (SqliteDatabase database = SqliteDatabase.open(storage.database()); FileSecretStore store = store()) {
            long revision = store.stage(KEY, NEW, NEW_VALUE, store.view(KEY).revision()).revision();
            store.promote(KEY, NEW, revision);
            new SqliteStateStore(database).audit(List.of(line("go on")));
        }
    }

    private static AuditEntry line(String action) {
        return new AuditEntry(NOW, AuditEntry.DAEMON, action, Optional.of(KEY), "", Optional.empty(), Map.of());
    }

    private FileSecretStore store() {
        return FileSecretStore.open(storage.keyDirectory(), key, RANDOMNESS);
    }

    private List<String> leftInState() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("state"))) {
            return files.map(path -> String.valueOf(path.getFileName())).toList();
        }
    }

    private static KeyMaterial material(String text) {
        return KeyMaterial.copyOf(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Randomness randomness() {
        Random random = new Random(3);
        return new Randomness() {
            @Override
            public double fraction() {
                return random.nextDouble();
            }

            @Override
            public byte[] bytes(int count) {
                byte[] bytes = new byte[count];
                random.nextBytes(bytes);
                return bytes;
            }
        };
    }
}
