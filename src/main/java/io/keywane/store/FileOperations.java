package io.keywane.store;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** What is asked of a disk, step by step, so that tests can let each step fail. */
interface FileOperations {
    byte[] read(Path file) throws IOException;

    /** Makes a file that did not exist, for its owner only, and writes all of the content. */
    void create(Path file, byte[] content) throws IOException;

    /** Gives a file its group, if one is named, and then its permissions. */
    void grant(Path file, Set<PosixFilePermission> permissions, Optional<String> group) throws IOException;

    /** Returns when the file's content survives a power cut. */
    void sync(Path file) throws IOException;

    /** Puts one file in the place of another; readers see the one or the other. */
    void rename(Path from, Path to) throws IOException;

    /** Returns when the names in a folder survive a power cut. */
    void syncDirectory(Path directory) throws IOException;

    void deleteIfExists(Path file) throws IOException;
}
