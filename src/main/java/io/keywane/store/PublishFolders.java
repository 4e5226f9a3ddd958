package io.keywane.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Makes the folders of published keys where tmpfiles.d has not; those that are there stay as they are. */
final class PublishFolders {
    private static final Set<PosixFilePermission> FOR_THE_GROUP = PosixFilePermissions.fromString("rwxr-x---");
    /** Consumers of different groups pass through to their own folders, and cannot list. */
    private static final Set<PosixFilePermission> TO_PASS = PosixFilePermissions.fromString("rwxr-x--x");

    private PublishFolders() {}

    static void prepare(Path directory, Path folder, Optional<String> group, FileOperations disk) throws IOException {
        if (folder.equals(directory.toAbsolutePath())) {
            make(folder, FOR_THE_GROUP, group, disk);
            return;
        }
        make(directory.toAbsolutePath(), TO_PASS, Optional.empty(), disk);
        make(folder, FOR_THE_GROUP, group, disk);
    }

    private static void make(Path folder, Set<PosixFilePermission> permissions, Optional<String> group,
            FileOperations disk) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(AtomicFile.folder(folder));
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOR_THE_GROUP));
        disk.grant(folder, permissions, group);
        disk.syncDirectory(AtomicFile.folder(folder));
    }
}
