package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** A folder that only its owner may enter; everything in it has an owner only, too. */
final class PrivateFolder {
    private static final String MODE = "rwx------";

    private PrivateFolder() {}

    /** Makes the folder where it is absent; refuses it where others have access to it or to a file in it. */
    static void prepare(Path folder) {
        try {
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(folder,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
            }
            requireAllPrivate(folder);
        } catch (IOException e) {
            throw DiskFaults.reading(folder, e);
        }
    }

    /** Refuses a folder where others have access to it or to a file in it. */
    static void requireAllPrivate(Path folder) throws IOException {
        requirePrivate(folder);
        for (Path file : files(folder)) {
            requirePrivate(file);
        }
    }

    /** Removes files that a crash left unfinished. */
    static void sweep(Path folder, FileOperations disk) {
        try {
            for (Path file : files(folder)) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(AtomicFile.TEMPORARY_PREFIX) && name.endsWith(AtomicFile.TEMPORARY_SUFFIX)) {
                    disk.deleteIfExists(file);
                }
            }
            disk.syncDirectory(folder);
        } catch (IOException e) {
            throw DiskFaults.writing(folder, e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void requirePrivate(Path path) throws IOException {
        FileAccess access = FileAccess.of(path);
        if (!access.isOurs()) {
            throw denied(path + " belongs to another user: chown it to the daemon's user");
        }
        if (!access.isOwnerOnly()) {
            String mode = Files.isDirectory(path) ? "700" : "600";
            throw denied(path + " has mode " + access.octal() + ", so others may reach it: chmod " + mode + " " + path);
        }
    }

    private static StoreException denied(String message) {
        return new StoreException(StoreFailure.Kind.DENIED, message);
    }
}
