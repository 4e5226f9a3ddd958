package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The 32 bytes from which every other secret of the installation is derived. They come from a file, are shown nowhere,
 * encrypt nothing themselves, and are wiped on {@link #close()}.
 */
public final class KeyEncryptionKey implements AutoCloseable {
    /** Length in bytes, of this key and of everything derived from it. */
    public static final int LENGTH = 32;

    private final byte[] bytes;
    private boolean closed;

    private KeyEncryptionKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the key: 32 raw bytes, or 64 hexadecimal digits, or the Base64 of 32 bytes.
     *
     * @throws StoreException if the file is absent, holds something else, or may be read by others
     */
    public static KeyEncryptionKey load(Path file) {
        byte[] content = new byte[0];
        try {
            requirePrivate(file, FileAccess.of(file));
            content = Files.readAllBytes(file);
            return new KeyEncryptionKey(KeyEncoding.decode(content).orElseThrow(() -> malformed(file)));
        } catch (IOException e) {
            throw DiskFaults.reading(file, e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * Makes a new key and writes it to a file that does not exist yet, mode 0600.
     *
     * @throws StoreException if the file exists or cannot be written
     */
    public static KeyEncryptionKey create(Path file) {
        byte[] fresh = new byte[LENGTH];
        new SecureRandom().nextBytes(fresh);
        FileOperations disk = new LinuxFileOperations();
        try {
            disk.create(file, fresh);
            disk.sync(file);
            disk.syncDirectory(AtomicFile.folder(file));
            return new KeyEncryptionKey(fresh);
        } catch (IOException e) {
            Arrays.fill(fresh, (byte) 0);
            throw DiskFaults.writing(file, e);
        }
    }

    private static void requirePrivate(Path file, FileAccess access) {
        if (!access.isPrivate()) {
            throw new StoreException(StoreFailure.Kind.DENIED, "key-encryption key " + file + " has mode "
                    + access.octal() + ", so others may reach it: chmod 600 " + file
                    + ", and consider whether it must be replaced");
        }
    }

    private static StoreException malformed(Path file) {
        return new StoreException(StoreFailure.Kind.DAMAGED, "key-encryption key " + file
                + " holds neither 32 raw bytes nor 64 hexadecimal digits nor the Base64 of 32 bytes: restore it");
    }

    /**
     * A secret of 32 bytes for one purpose (HKDF-SHA256); the same purpose gives the same bytes. The caller wipes it.
     *
     * @param purpose what it is for, such as {@code fingerprint}
     */
    public synchronized byte[] derive(String purpose) {
        if (closed) {
            throw new IllegalStateException("the key-encryption key was wiped");
        }
        try {
            byte[] info = ("keywane/1/" + purpose).getBytes(StandardCharsets.UTF_8);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract().addIKM(bytes).thenExpand(info, LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HKDF-SHA256", e);
        }
    }

    /** Wipes the key; nothing can be derived afterwards. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "KeyEncryptionKey[not shown]";
    }
}
