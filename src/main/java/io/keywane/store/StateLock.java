package io.keywane.store;

import io.keywane.engine.PersistenceException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exclusive use of a folder by one process, held until closed. The kernel drops it with the process, however that ends,
 * so a lock file that is left behind means nothing.
 */
public final class StateLock implements AutoCloseable {
    // The kernel drops a process's lock when the process closes the file anywhere, so a second attempt within this
    // process must be refused before it opens the file.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private StateLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock that this file stands for; its folder must exist.
     *
     * @throws PersistenceException if another process holds it; the message names the file and, if known, the process
     */
    public static StateLock acquire(Path lockFile) {
        Path file = absolute(lockFile);
        if (!HELD_HERE.add(file)) {
            throw inUse(file, " by this process");
        }
        try {
            return new StateLock(file, open(file));
        } catch (IOException e) {
            HELD_HERE.remove(file);
            throw new PersistenceException("cannot lock " + file + ": " + e.getMessage()
                    + "; check that its folder exists and belongs to the daemon's user", e);
        } catch (PersistenceException e) {
            HELD_HERE.remove(file);
            throw e;
        }
    }

    private static Path absolute(Path file) {
        try {
            return AtomicFile.folder(file).toRealPath().resolve(file.getFileName());
        } catch (IOException e) {
            throw new PersistenceException("cannot lock " + file + ": its folder cannot be opened; create it", e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE));
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
            if (!locked) {
                throw inUse(file, holder(file));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid())
                    .getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static String holder(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        return text.matches("[0-9]{1,10}") ? " by process " + text : "";
    }

    private static PersistenceException inUse(Path file, String holder) {
        return new PersistenceException(file + " is in use" + holder
                + ": only one keywane may work on this folder; see `systemctl status keywane`",
                new IOException("the lock is held"));
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new PersistenceException("cannot unlock " + file + ": " + e.getMessage()
                    + "; it is unlocked when the process ends", e);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
