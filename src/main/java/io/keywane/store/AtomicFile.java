package io.keywane.store;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces files whole: readers, and whoever comes after a crash, find the old content or the new one, never a mixture.
 * The new content is written beside the old one, made durable and compared before it takes its place.
 */
final class AtomicFile {
    /** For its owner only. */
    static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    /** Readable by its group. */
    static final Set<PosixFilePermission> GROUP_READABLE = PosixFilePermissions.fromString("rw-r-----");
    /** How the names of unfinished files begin and end; no key or published file is named so. */
    static final String TEMPORARY_PREFIX = ".";
    static final String TEMPORARY_SUFFIX = ".tmp";

    private final FileOperations disk;

    AtomicFile(FileOperations disk) {
        this.disk = disk;
    }

    /**
     * Replaces a file, or makes it. Permissions and group stand before the new content can be seen.
     *
     * @throws NotDurableException if the new content may be in place
     * @throws IOException if the old content is certainly still there
     */
    void replace(Path target, byte[] content, Set<PosixFilePermission> permissions, Optional<String> group)
            throws IOException {
        replace(target, content, permissions, group, () -> {});
    }

    /**
     * Replaces a file, or makes it, unless the last check before it takes its place throws: then nothing is changed.
     *
     * @throws NotDurableException if the new content may be in place
     * @throws IOException if the old content is certainly still there
     */
    void replace(Path target, byte[] content, Set<PosixFilePermission> permissions, Optional<String> group,
            Runnable lastCheck) throws IOException {
        Path temporary = temporary(target);
        try {
            // One left by a crash; its content was never in force.
            disk.deleteIfExists(temporary);
            disk.create(temporary, content);
            disk.grant(temporary, permissions, group);
            disk.sync(temporary);
            verify(temporary, content);
            lastCheck.run();
        } catch (IOException | RuntimeException e) {
            discard(temporary, e);
            throw e;
        }
        putInPlace(temporary, target);
    }

    private void putInPlace(Path temporary, Path target) throws NotDurableException {
        try {
            disk.rename(temporary, target);
            disk.syncDirectory(folder(target));
        } catch (IOException e) {
            discard(temporary, e);
            throw new NotDurableException(e);
        }
    }

    private void verify(Path temporary, byte[] content) throws IOException {
        byte[] written = disk.read(temporary);
        try {
            if (!MessageDigest.isEqual(written, content)) {
                throw new IOException("the file system returned other bytes than were written");
            }
        } finally {
            Arrays.fill(written, (byte) 0);
        }
    }

    private void discard(Path temporary, Exception because) {
        try {
            disk.deleteIfExists(temporary);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    static Path temporary(Path target) {
        return target.resolveSibling(TEMPORARY_PREFIX + target.getFileName() + TEMPORARY_SUFFIX);
    }

    static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " is not a file in a folder");
        }
        return folder;
    }
}
