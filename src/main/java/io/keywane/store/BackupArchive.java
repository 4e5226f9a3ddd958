package io.keywane.store;

import io.keywane.engine.AuditEntry;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.Randomness;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoredAuditEntry;
import io.keywane.key.KeyName;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** One backup as a file: a ZIP of what it holds, sealed. No key stands in it in clear, not even inside the seal. */
final class BackupArchive {
    private static final String HEAD = "backup.json";
    private static final String DATABASE = "state.db";
    private static final String KEYS = "keys/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BackupArchive() {}

    /** What the backup says of itself. */
    record Head(String product, Instant made) {}

    /**
     * A backup, opened and found sound.
     *
     * @param database its state, in a scratch folder of the caller's
     * @param keyFiles the embedded store's files by name, as they lay in its folder
     */
    record Opened(Head head, Path database, Map<String, byte[]> keyFiles, BackupContents contents) {}

    /** Writes a backup to a file that does not exist yet, for its owner only; a failure leaves none behind. */
    static void write(Path file, KeyEncryptionKey key, Randomness randomness, Head head, Path database,
            Map<String, byte[]> keyFiles) {
        boolean done = false;
        try (FileChannel channel = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE))) {
            try {
                OutputStream sink = new BufferedOutputStream(Channels.newOutputStream(channel));
                try (ZipOutputStream zip = new ZipOutputStream(BackupSeal.seal(sink, key, randomness))) {
                    fill(zip, head, database, keyFiles);
                }
                channel.force(true);
                done = true;
            } finally {
                if (!done) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new PersistenceException(file + " exists: name a file that does not", e);
        } catch (IOException e) {
            throw new PersistenceException("cannot write " + file + ": " + e.getClass().getSimpleName()
                    + "; check its folder and the space on its disk", e);
        }
    }

    private static void fill(ZipOutputStream zip, Head head, Path database, Map<String, byte[]> keyFiles)
            throws IOException {
        zip.putNextEntry(new ZipEntry(HEAD));
        zip.write(JSON.writeValueAsBytes(head));
        for (Map.Entry<String, byte[]> keyFile : new TreeMap<>(keyFiles).entrySet()) {
            zip.putNextEntry(new ZipEntry(KEYS + keyFile.getKey()));
            zip.write(keyFile.getValue());
        }
        zip.putNextEntry(new ZipEntry(DATABASE));
        Files.copy(database, zip);
    }

    /**
     * Opens a backup and checks all of it: the seal of each piece, the database, the chain of the audit, each key file.
     *
     * @param scratch a folder for the database
     * @throws StoreException if it is damaged, cut off, or made under another key-encryption key
     * @throws PersistenceException if its database is damaged or of a newer keywane
     */
    static Opened open(Path file, KeyEncryptionKey key, Randomness randomness, Path scratch) {
        Path database = scratch.resolve(DATABASE);
        Map<String, byte[]> keyFiles = new TreeMap<>();
        Head head = null;
        try (InputStream source = new BufferedInputStream(Files.newInputStream(file));
                ZipInputStream zip = new ZipInputStream(BackupSeal.open(source, key, file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(HEAD)) {
                    head = JSON.readValue(zip.readAllBytes(), Head.class);
                } else if (entry.getName().equals(DATABASE)) {
                    copy(zip, database);
                } else if (entry.getName().startsWith(KEYS)) {
                    keyFiles.put(entry.getName().substring(KEYS.length()), zip.readAllBytes());
                }
            }
        } catch (NoSuchFileException e) {
            throw new PersistenceException("there is no file " + file, e);
        } catch (IOException | JacksonException e) {
            throw new PersistenceException("cannot read " + file + ": " + e.getClass().getSimpleName(), e);
        }
        if (head == null || !Files.exists(database)) {
            throw new StoreException(StoreFailure.Kind.DAMAGED, file + " lacks a part: take another backup");
        }
        return new Opened(head, database, keyFiles, contents(file, key, randomness, head, database, keyFiles));
    }

    private static void copy(InputStream from, Path to) throws IOException {
        Files.createFile(to, PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE));
        try (OutputStream out = Files.newOutputStream(to)) {
            from.transferTo(out);
        }
    }

    private static BackupContents contents(Path file, KeyEncryptionKey key, Randomness randomness, Head head,
            Path database, Map<String, byte[]> keyFiles) {
        int custody = 0;
        try (Sealer sealer = new Sealer(key, randomness)) {
            KeyFileCodec codec = new KeyFileCodec(sealer);
            for (Map.Entry<String, byte[]> keyFile : keyFiles.entrySet()) {
                KeyName name = BackupFolder.key(keyFile.getKey());
                custody += codec.decode(Path.of(keyFile.getKey()), name, keyFile.getValue()).held().size();
            }
        }
        try (SqliteDatabase opened = SqliteDatabase.open(database)) {
            SqliteStateStore states = new SqliteStateStore(opened);
            if (states.firstBrokenAudit().isPresent()) {
                throw new PersistenceException("the audit in " + file + " was changed at line "
                        + states.firstBrokenAudit().getAsLong(), new IOException("the chain does not hold"));
            }
            List<StoredAuditEntry> tail = states.auditTail(1);
            return new BackupContents(head.made(), head.product(), states.keys(),
                    tail.stream().mapToLong(StoredAuditEntry::sequence).max().orElse(0),
                    tail.stream().map(StoredAuditEntry::entry).map(AuditEntry::at).findFirst(), custody);
        }
    }
}
