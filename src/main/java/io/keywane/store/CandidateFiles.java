package io.keywane.store;

import io.keywane.engine.KeySource.Answer;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a new key from a file that a person or a pipeline puts there. The file is no link, nobody but its owner and its
 * group reaches it, and nobody but its owner and root may put another in its place.
 */
public final class CandidateFiles {
    private static final int OTHERS = 0007;
    private static final int OTHERS_WRITE = 0002;

    private CandidateFiles() {}

    /**
     * What lies there. Reads and changes nothing.
     *
     * @throws StoreException if it cannot be read, or others may reach it
     */
    public static Answer read(Path file) {
        try {
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                return nothing(file);
            }
            requireSafe(file);
            try (InputStream stream = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                return read(stream);
            }
        } catch (NoSuchFileException _) {
            return nothing(file);
        } catch (IOException e) {
            throw DiskFaults.reading(file, e);
        }
    }

    private static Answer nothing(Path file) {
        return new Answer.Nothing("there is no file " + file);
    }

    private static Answer read(InputStream stream) throws IOException {
        byte[] bytes = new byte[0];
        try {
            bytes = stream.readNBytes(KeyText.MOST);
            return KeyText.answer(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static void requireSafe(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw denied(file + " is no plain file: put the key there itself, not a link to it");
        }
        FileAccess access = FileAccess.of(file);
        if ((access.mode() & OTHERS) != 0) {
            throw denied(file + " has mode " + access.octal() + ", so others may reach it: chmod o= " + file);
        }
        Path folder = Optional.ofNullable(file.getParent()).orElseThrow();
        FileAccess around = FileAccess.of(folder);
        if ((around.mode() & OTHERS_WRITE) != 0) {
            throw denied(folder + " has mode " + around.octal() + ", so others may put a key there: chmod o-w "
                    + folder);
        }
    }

    private static StoreException denied(String message) {
        return new StoreException(StoreFailure.Kind.DENIED, message);
    }
}
