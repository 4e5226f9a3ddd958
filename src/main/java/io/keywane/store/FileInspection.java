package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFinding;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Examines the embedded store without changing anything: who may reach it, and whether each value can be opened. */
final class FileInspection {
    private static final String CALLED = "store file";
    private static final String ENDING = ".json";

    private FileInspection() {}

    /**
     * All that is found.
     *
     * @param held the versions that a key's file holds
     * @param opened one version's value
     */
    static List<StoreFinding> of(Path folder, Function<KeyName, Set<VersionId>> held,
            BiFunction<KeyName, VersionId, KeyMaterial> opened) {
        List<StoreFinding> findings = new ArrayList<>();
        findings.add(access(folder));
        for (KeyName key : keys(folder)) {
            findings.add(key(key, held, opened));
        }
        return findings;
    }

    private static StoreFinding access(Path folder) {
        try {
            PrivateFolder.requireAllPrivate(folder);
        } catch (StoreException e) {
            return StoreFinding.problem(CALLED, "too many rights: " + e.getMessage(),
                    "keys in it are sealed, but not so"
                            + " which keys there are");
        } catch (IOException e) {
            return StoreFinding.problem(CALLED, String.valueOf(DiskFaults.reading(folder, e).getMessage()),
                    "mount or restore it");
        }
        return Files.isWritable(folder)
                ? StoreFinding.ok(CALLED, "folder " + folder + " can be written by the daemon's user, and by no other")
                : StoreFinding.problem(CALLED, "missing right: folder " + folder + " cannot be written",
                        "mount it writable, and chown it to the daemon's user");
    }

    private static List<KeyName> keys(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length())).sorted()
                    .flatMap(FileInspection::name).toList();
        } catch (IOException _) {
            // Said of the folder already.
            return List.of();
        }
    }

    /** Other files may lie there, too. */
    private static Stream<KeyName> name(String text) {
        try {
            return Stream.of(new KeyName(text));
        } catch (IllegalArgumentException _) {
            return Stream.empty();
        }
    }

    private static StoreFinding key(KeyName key, Function<KeyName, Set<VersionId>> held,
            BiFunction<KeyName, VersionId, KeyMaterial> opened) {
        try {
            List<KeyMaterial> values = held.apply(key).stream().map(version -> opened.apply(key, version)).toList();
            return StoreFinding.ok("key " + key, "all values in custody can be opened: " + values.size());
        } catch (StoreException e) {
            return StoreFinding.problem("key " + key, String.valueOf(e.getMessage()), "restore file and"
                    + " key-encryption key from one backup");
        }
    }
}
