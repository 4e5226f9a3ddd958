package io.keywane.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The folder that holds all the demonstration writes, open to its owner only.
 *
 * @param root absolute path
 */
record Workspace(Path root) {
    private static final int KEY_BYTES = 32;
    /** What a Unix socket's address holds, less its closing zero. */
    private static final int LONGEST_SOCKET = 107;
    private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_FOLDER = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    Workspace {
        requireNonNull(root, "root is null");
    }

    /** Makes a new one among the temporary files. */
    static Workspace create() throws IOException {
        Workspace workspace = new Workspace(Files.createTempDirectory("keywane-demo-").toAbsolutePath());
        int length = workspace.socket().toString().length();
        if (length > LONGEST_SOCKET) {
            workspace.delete();
            throw new IOException("the path of a socket in the temporary folder is too long (" + length + " of at most "
                    + LONGEST_SOCKET + " characters): set TMPDIR or java.io.tmpdir to a shorter one, such as /tmp");
        }
        return workspace;
    }

    /** Writes what the daemon finds before it starts. */
    void prepareDaemon(URI baseUrl) throws IOException {
        for (String folder : List.of("run", "state")) {
            Files.createDirectory(root.resolve(folder), OWNER_FOLDER);
        }
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path file = Files.createFile(root.resolve(Names.KEY_ENCRYPTION_KEY), OWNER_ONLY);
        Files.write(file, key);
        Arrays.fill(key, (byte) 0);
        Files.writeString(configuration(), DaemonConfiguration.text(baseUrl));
    }

    Path sandboxState() {
        return root.resolve("sandbox");
    }

    Path configuration() {
        return root.resolve("keywane.yaml");
    }

    Path socket() {
        return root.resolve(Names.SOCKET);
    }

    Path publishedKey() {
        return root.resolve(Names.PUBLISH_FOLDER).resolve(Names.KEY);
    }

    /** Where a process writes its errors. */
    Path log(String process) {
        return root.resolve(process + ".log");
    }

    /** The last lines that a process wrote there; none if it never wrote. */
    List<String> logTail(String process, int lines) {
        try {
            List<String> all = Files.readAllLines(log(process));
            return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException _) {
            return List.of();
        }
    }

    /** Deletes the folder with all in it; repeating it changes nothing. */
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException _) {
            // somebody was faster
        }
    }
}
