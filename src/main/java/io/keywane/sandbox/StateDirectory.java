package io.keywane.sandbox;

import io.keywane.key.KeyName;
import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The folder in which a running sandbox tells its endpoints, its control token and its first keys; all files are 0600. */
final class StateDirectory {
    private static final String TOKEN = "control-token";
    private static final String ENDPOINTS = "endpoints.json";
    private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_FOLDER = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final List<Path> keyFiles = new ArrayList<>();

    private StateDirectory(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder (0700) if it is missing. */
    static StateDirectory create(Path folder) throws IOException {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, OWNER_FOLDER);
            }
        } catch (IOException e) {
            throw new IOException("the state directory " + folder + " can't be made: " + e, e);
        }
        return new StateDirectory(folder.toAbsolutePath());
    }

    static StateDirectory existing(Path folder) {
        return new StateDirectory(folder.toAbsolutePath());
    }

    Path folder() {
        return folder;
    }

    /** A token that the seed does not tell. */
    static String newToken() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    void write(String token, Endpoints endpoints) throws IOException {
        replace(TOKEN, token + "\n");
        replace(ENDPOINTS, Json.STRICT.writeValueAsString(endpoints) + "\n");
    }

    /** Writes a key to {@code NAME.key}. */
    void writeKey(KeyName name, String value) throws IOException {
        keyFiles.add(folder.resolve(name + ".key"));
        replace(name + ".key", value + "\n");
    }

    String readToken() throws IOException {
        return Files.readString(folder.resolve(TOKEN)).strip();
    }

    Endpoints readEndpoints() throws IOException {
        Path file = folder.resolve(ENDPOINTS);
        try {
            return Json.STRICT.readValue(Files.readString(file), Endpoints.class);
        } catch (JacksonException e) {
            throw new IOException(file + " is not what a sandbox writes", e);
        }
    }

    /** Takes all files away, so that nothing points at a sandbox that is gone. */
    void clear() throws IOException {
        for (Path file : keyFiles) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder.resolve(ENDPOINTS));
        Files.deleteIfExists(folder.resolve(TOKEN));
    }

    private void replace(String name, String content) throws IOException {
        Path temporary = Files.createTempFile(folder, name, ".tmp", OWNER_ONLY);
        Files.writeString(temporary, content);
        Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where a sandbox listens. */
    record Endpoints(URI baseUrl, URI controlUrl) {}
}
