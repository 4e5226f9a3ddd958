package io.keywane.store;

import io.keywane.engine.Randomness;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreFinding;
import io.keywane.engine.StoreInspector;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * The embedded secret store: one file per managed key in a folder of its own, values sealed under the key-encryption
 * key. A change is durable when its method returns; a crash at any point leaves the old file or the new one. One
 * process at a time.
 */
public final class FileSecretStore implements SecretStore, StoreInspector, AutoCloseable {
    private final Path folder;
    private final FileOperations disk;
    private final AtomicFile files;
    private final Sealer sealer;
    private final KeyFileCodec codec;
    private final StateLock lock;
    /** Files whose last replacement may not survive a power cut; written again before anything is told of them. */
    private final Set<Path> unsettled = new HashSet<>();

    private FileSecretStore(Path folder, FileOperations disk, Sealer sealer, StateLock lock) {
        this.folder = folder;
        this.disk = disk;
        this.files = new AtomicFile(disk);
        this.sealer = sealer;
        this.codec = new KeyFileCodec(sealer);
        this.lock = lock;
    }

    /**
     * Opens the store in a folder of mode 0700, which is made where it is absent.
     *
     * @param key needed only during this call; the caller closes it
     * @throws StoreException if the folder or a file in it is open to others, or cannot be used
     * @throws io.keywane.engine.PersistenceException if another process uses the folder
     */
    public static FileSecretStore open(Path folder, KeyEncryptionKey key, Randomness randomness) {
        return open(folder, key, randomness, new LinuxFileOperations());
    }

    static FileSecretStore open(Path folder, KeyEncryptionKey key, Randomness randomness, FileOperations disk) {
        requireNonNull(key, "key is null");
        requireNonNull(randomness, "randomness is null");
        PrivateFolder.prepare(folder);
        StateLock lock = StateLock.acquire(folder.resolve(".lock"));
        boolean opened = false;
        try {
            PrivateFolder.sweep(folder, disk);
            FileSecretStore store = new FileSecretStore(folder, disk, new Sealer(key, randomness), lock);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    @Override
    public synchronized StoreView view(KeyName key) {
        return load(key).view();
    }

    @Override
    public synchronized KeyMaterial read(KeyName key, VersionId version) {
        return open(key, version, load(key).value(version));
    }

    @Override
    public synchronized StoreView stage(KeyName key, VersionId version, KeyMaterial material, long expectedRevision) {
        Custody<SealedKey> file = load(key);
        SealedKey present = file.held().get(version);
        if (present == null) {
            SealedKey sealed = sealer.seal(path(key), key, version, material);
            return save(file, file.stage(version, sealed, expectedRevision));
        }
        if (!open(key, version, present).equals(material)) {
            throw file.conflict("version " + version.brief() + " is held with another value");
        }
        return file.view();
    }

    @Override
    public synchronized StoreView promote(KeyName key, VersionId version, long expectedRevision, Runnable proof) {
        Custody<SealedKey> file = load(key);
        return save(file, file.promote(version, expectedRevision), proof);
    }

    @Override
    public synchronized StoreView mark(KeyName key, VersionId version, boolean flagged, long expectedRevision) {
        Custody<SealedKey> file = load(key);
        return save(file, file.mark(version, flagged, expectedRevision));
    }

    @Override
    public synchronized StoreView release(KeyName key, VersionId version, long expectedRevision) {
        Custody<SealedKey> file = load(key);
        return save(file, file.release(version, expectedRevision));
    }

    @Override
    public synchronized List<StoreFinding> inspect() {
        return FileInspection.of(folder, key -> load(key).held().keySet(), this::read);
    }

    /** Wipes the derived keys and lets another process use the folder. */
    @Override
    public synchronized void close() {
        sealer.close();
        lock.close();
    }

    private Path path(KeyName key) {
        return folder.resolve(key.value() + ".json");
    }

    private KeyMaterial open(KeyName key, VersionId version, SealedKey sealed) {
        return sealer.open(path(key), key, version, sealed)
                .orElseThrow(() -> new StoreException(StoreFailure.Kind.DAMAGED, "version " + version.brief()
                        + " in key file " + path(key) + " cannot be decrypted: restore the file from a backup"));
    }

    private Custody<SealedKey> load(KeyName key) {
        Path path = path(key);
        Optional<byte[]> content = content(path);
        if (unsettled.contains(path)) {
            settle(path, content);
        }
        return content.map(bytes -> codec.decode(path, key, bytes))
                .orElseGet(() -> Custody.empty(KeyFileCodec.STORE, key));
    }

    private Optional<byte[]> content(Path path) {
        try {
            return Optional.of(disk.read(path));
        } catch (NoSuchFileException _) {
            requireFolder();
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFaults.reading(path, e);
        }
    }

    // An absent file means "no such key" only while the folder itself is there.
    private void requireFolder() {
        if (!folder.toFile().isDirectory()) {
            throw new StoreException(StoreFailure.Kind.UNAVAILABLE,
                    "the key folder " + folder + " is gone: mount or restore it");
        }
    }

    private StoreView save(Custody<SealedKey> before, Custody<SealedKey> after) {
        return save(before, after, () -> {});
    }

    private StoreView save(Custody<SealedKey> before, Custody<SealedKey> after, Runnable lastCheck) {
        if (after.revision() != before.revision()) {
            replace(path(after.key()), codec.encode(after), lastCheck);
        }
        return after.view();
    }

    private void settle(Path path, Optional<byte[]> content) {
        if (content.isPresent()) {
            replace(path, content.get(), () -> {});
        }
        unsettled.remove(path);
    }

    private void replace(Path path, byte[] content, Runnable lastCheck) {
        try {
            files.replace(path, content, AtomicFile.PRIVATE, Optional.empty(), lastCheck);
        } catch (IOException e) {
            if (e instanceof NotDurableException) {
                unsettled.add(path);
            }
            throw DiskFaults.writing(path, e);
        }
    }
}
