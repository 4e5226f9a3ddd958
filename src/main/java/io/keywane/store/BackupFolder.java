package io.keywane.store;

import io.keywane.engine.PersistenceException;
import io.keywane.key.KeyName;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The embedded store's folder as a backup sees it, and a scratch folder beside the database. */
final class BackupFolder {
    private static final String SUFFIX = ".json";

    private BackupFolder() {}

    /** The managed key that a key file belongs to by its name. */
    static KeyName key(String fileName) {
        return new KeyName(fileName.substring(0, fileName.length() - SUFFIX.length()));
    }

    /** The key files by name; none where the folder is absent. */
    static Map<String, byte[]> keyFiles(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(SUFFIX)) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        } catch (NoSuchFileException _) {
            return keyFilesIfAny(folder);
        } catch (IOException e) {
            throw cannot("read the key files in " + folder, e);
        }
        return files;
    }

    /** A file that went away between listing and reading: look again; an absent folder holds nothing. */
    private static Map<String, byte[]> keyFilesIfAny(Path folder) {
        return Files.isDirectory(folder) ? keyFiles(folder) : Map.of();
    }

    static boolean same(Map<String, byte[]> one, Map<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), other.get(e.getKey())));
    }

    /** A new folder for this user only, on the disk of {@code beside}. */
    static Path scratch(Path beside) {
        Path folder = AtomicFile.folder(beside);
        try {
            return Files.createTempDirectory(folder, ".backup",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw cannot("make a scratch folder in " + folder, e);
        }
    }

    static void remove(Path scratch) {
        try (Stream<Path> files = Files.walk(scratch)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw cannot("remove " + scratch, e);
        }
    }

    static PersistenceException cannot(String what, IOException e) {
        return new PersistenceException("cannot " + what + ": " + e.getClass().getSimpleName()
                + "; run this as root or as the daemon's user, and check the disk", e);
    }
}
