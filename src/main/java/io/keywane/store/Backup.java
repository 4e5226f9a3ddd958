package io.keywane.store;

import io.keywane.engine.AuditEntry;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.Randomness;
import io.keywane.engine.RestoredState;
import io.keywane.engine.Settings.StorageSettings;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoredAuditEntry;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.OperatorMoves;
import io.keywane.rotation.Reason;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Backups of an installation's state: the database and the embedded store's key files, sealed under the key-encryption
 * key. Keys in Vault and AWS are not in it; they stay where they are.
 *
 * <p>A restore never takes a key away: of two key files the later one stays, and what is replaced is kept beside it.
 */
public final class Backup {
    private static final int TRIES = 20;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final List<String> DATABASE_FILES = List.of("-wal", "-shm");

    private final StorageSettings storage;
    private final KeyEncryptionKey key;
    private final Randomness randomness;

    public Backup(StorageSettings storage, KeyEncryptionKey key, Randomness randomness) {
        this.storage = requireNonNull(storage, "storage is null");
        this.key = requireNonNull(key, "key is null");
        this.randomness = requireNonNull(randomness, "randomness is null");
    }

    /**
     * What a restore did.
     *
     * @param aside where the former database lies now; empty where there was none
     * @param restoredKeyFiles keys whose file was put back
     * @param keptKeyFiles keys whose file was there already, and is as late or later
     * @param paused keys whose open rotation waits for {@code rotation resume}
     */
    public record Restored(BackupContents contents, Optional<Path> aside, List<KeyName> restoredKeyFiles,
            List<KeyName> keptKeyFiles, List<KeyName> paused) {
        public Restored {
            restoredKeyFiles = List.copyOf(restoredKeyFiles);
            keptKeyFiles = List.copyOf(keptKeyFiles);
            paused = List.copyOf(paused);
        }
    }

    /**
     * Makes a backup while the daemon may be at work: the database as of one moment, and key files that did not change
     * around it.
     *
     * @throws PersistenceException if the state cannot be read or the file not be written
     */
    public BackupContents create(Path file, String product, Instant now) {
        Path scratch = BackupFolder.scratch(storage.database());
        try {
            Path snapshot = scratch.resolve("snapshot.db");
            Map<String, byte[]> keyFiles = consistent(snapshot);
            BackupArchive.write(file, key, randomness, new BackupArchive.Head(product, now), snapshot, keyFiles);
            return verify(file);
        } finally {
            BackupFolder.remove(scratch);
        }
    }

    private Map<String, byte[]> consistent(Path snapshot) {
        for (int i = 0; i < TRIES; i++) {
            Map<String, byte[]> before = BackupFolder.keyFiles(storage.keyDirectory());
            snapshot(snapshot);
            Map<String, byte[]> after = BackupFolder.keyFiles(storage.keyDirectory());
            if (BackupFolder.same(before, after)) {
                return after;
            }
        }
        throw new PersistenceException("the key files in " + storage.keyDirectory() + " change all the time: try again",
                new IOException("no quiet moment in " + TRIES));
    }

    private void snapshot(Path to) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(30_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + storage.database().toAbsolutePath());
        if (!Files.exists(storage.database())) {
            throw new PersistenceException("there is no database " + storage.database() + ": nothing to back up",
                    new IOException("absent"));
        }
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            Files.deleteIfExists(to);
            statement.setString(1, to.toAbsolutePath().toString());
            statement.execute();
            Files.setPosixFilePermissions(to, AtomicFile.PRIVATE);
        } catch (SQLException | IOException e) {
            throw new PersistenceException("cannot copy the database " + storage.database() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens a backup and checks all of it, changing nothing.
     *
     * @throws StoreException if it is damaged or was made under another key-encryption key
     * @throws PersistenceException if its database is damaged, or the file cannot be read
     */
    public BackupContents verify(Path file) {
        boolean isInstalled = Files.isDirectory(AtomicFile.folder(storage.database()));
        Path scratch = BackupFolder.scratch(isInstalled ? storage.database() : file);
        try {
            return BackupArchive.open(file, key, randomness, scratch).contents();
        } finally {
            BackupFolder.remove(scratch);
        }
    }

    /**
     * Puts a backup in the place of the state. The daemon must not run. Open rotations are paused after it, and nothing is
     * published before its key is proven: people look first.
     *
     * @param overNewer whether a state that went on since, or cannot be read, may be replaced
     * @throws StoreException if the backup is damaged or was made under another key-encryption key
     * @throws PersistenceException if the daemon runs, the present state is newer, or something cannot be written
     */
    public Restored restore(Path file, boolean overNewer, String actor, String reason, Instant now) {
        prepareFolders();
        try (StateLock state = StateLock.acquire(storage.database().resolveSibling("lock"));
                StateLock keys = StateLock.acquire(storage.keyDirectory().resolve(".lock"))) {
            requireNonNull(state, "no lock");
            requireNonNull(keys, "no lock");
            Path scratch = BackupFolder.scratch(storage.database());
            try {
                BackupArchive.Opened opened = BackupArchive.open(file, key, randomness, scratch);
                if (!overNewer) {
                    requireNotNewer(opened.contents());
                }
                return put(opened, actor, reason, now);
            } catch (IOException e) {
                throw BackupFolder.cannot("put the backup in place", e);
            } finally {
                BackupFolder.remove(scratch);
            }
        }
    }

    private void prepareFolders() {
        try {
            Files.createDirectories(AtomicFile.folder(storage.database()),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw BackupFolder.cannot("make the folder of " + storage.database(), e);
        }
        PrivateFolder.prepare(storage.keyDirectory());
    }

    private void requireNotNewer(BackupContents backup) {
        if (!Files.exists(storage.database())) {
            return;
        }
        long present;
        try (SqliteDatabase database = SqliteDatabase.open(storage.database())) {
            present = new SqliteStateStore(database).auditTail(1).stream().mapToLong(StoredAuditEntry::sequence).max()
                    .orElse(0);
        } catch (PersistenceException e) {
            throw new NewerStateException("the present state cannot be read, so it may be newer than the backup: "
                    + e.getMessage(), e);
        }
        if (present > backup.auditLines()) {
            throw new NewerStateException("the present state is newer: its audit has " + present
                    + " lines, the backup's " + backup.auditLines(), new IOException("newer"));
        }
    }

    /** The present state went on since the backup was made. */
    public static final class NewerStateException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NewerStateException(String message, Exception cause) {
            super(message, cause);
        }
    }

    private Restored put(BackupArchive.Opened opened, String actor, String reason, Instant now) throws IOException {
        List<KeyName> restored = new ArrayList<>();
        List<KeyName> kept = new ArrayList<>();
        String stamp = ".before-restore-" + STAMP.format(now);
        for (Map.Entry<String, byte[]> keyFile : opened.keyFiles().entrySet()) {
            KeyName name = BackupFolder.key(keyFile.getKey());
            (putKeyFile(name, keyFile.getKey(), keyFile.getValue(), stamp) ? restored : kept).add(name);
        }
        List<KeyName> paused = prepare(opened.database(), opened.contents(), actor, reason, now);
        Optional<Path> aside = putDatabase(opened.database(), stamp);
        return new Restored(opened.contents(), aside, restored, kept, paused);
    }

    private boolean putKeyFile(KeyName name, String fileName, byte[] content, String stamp) throws IOException {
        Path path = storage.keyDirectory().resolve(fileName);
        try (Sealer sealer = new Sealer(key, randomness)) {
            KeyFileCodec codec = new KeyFileCodec(sealer);
            if (Files.exists(path)) {
                if (revision(codec, path, name) >= codec.decode(path, name, content).revision()) {
                    return false;
                }
                Files.createLink(path.resolveSibling(fileName + stamp), path);
            }
        }
        new AtomicFile(new LinuxFileOperations()).replace(path, content, AtomicFile.PRIVATE, Optional.empty());
        Files.setOwner(path, Files.getOwner(storage.keyDirectory()));
        return true;
    }

    private static long revision(KeyFileCodec codec, Path path, KeyName name) throws IOException {
        try {
            return codec.decode(path, name, Files.readAllBytes(path)).revision();
        } catch (StoreException _) {
            return -1; // damaged: anything is better, and it is kept beside
        }
    }

    /** Before it is in its place: nothing goes on by itself from a state that may be old. */
    private static List<KeyName> prepare(Path file, BackupContents contents, String actor, String reason, Instant now) {
        List<KeyName> paused = new ArrayList<>();
        try (SqliteDatabase database = SqliteDatabase.open(file)) {
            SqliteStateStore states = new SqliteStateStore(database);
            for (KeyName name : states.keys()) {
                KeyState state = states.load(name);
                AuditEntry line = new AuditEntry(now, actor, "backup.restored", Optional.of(name), reason,
                        Optional.empty(), Map.of("made", contents.made().toString()));
                boolean isOpen = state.openRotation().filter(r -> !r.paused()).isPresent();
                if (isOpen) {
                    paused.add(name);
                }
                states.commit(isOpen ? OperatorMoves.pause(drainedAnew(state, now)) : drainedAnew(state, now),
                        List.of(), List.of(line));
                states.setting(RestoredState.setting(name), now.toString());
            }
        }
        return paused;
    }

    /** Since the backup a flag may have been withdrawn, for a use that the restored state knows nothing of. */
    private static KeyState drainedAnew(KeyState state, Instant now) {
        Moment moment = new Moment("before the restore", Duration.ZERO, now);
        KeyState next = state;
        for (KeyVersion version : state.versions()) {
            if (version.stage() == Stage.DRAINED || version.stage() == Stage.FLAGGED) {
                next = next.with(version.id(), v -> v.to(Stage.RETIRING, Reason.EVIDENCE_LOST, moment));
            }
        }
        return next;
    }

    private Optional<Path> putDatabase(Path prepared, String stamp) throws IOException {
        Path place = storage.database();
        Optional<Path> aside = Optional.empty();
        LinuxFileOperations disk = new LinuxFileOperations();
        Files.setOwner(prepared, Files.getOwner(AtomicFile.folder(place)));
        disk.sync(prepared);
        if (Files.exists(place)) {
            aside = Optional.of(place.resolveSibling(place.getFileName() + stamp));
            Files.createLink(aside.get(), place);
            // A journal that is left would be taken for the new database's own.
            for (String suffix : DATABASE_FILES) {
                Path journal = place.resolveSibling(place.getFileName() + suffix);
                if (Files.exists(journal)) {
                    Files.move(journal, place.resolveSibling(aside.get().getFileName() + suffix));
                }
            }
        }
        disk.rename(prepared, place);
        disk.syncDirectory(AtomicFile.folder(place));
        return aside;
    }
}
