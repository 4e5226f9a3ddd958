package io.keywane.store;

import io.keywane.engine.KeySettings.PublishSettings;
import io.keywane.engine.Publisher;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.rotation.Publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * Publishes current keys as files that consumers of this host read: mode 0640, the consumer's group, in folders of mode
 * 0750. Group and mode stand before the value can be seen under its name.
 */
public final class FilePublisher implements Publisher {
    private final Path directory;
    private final Function<KeyName, Optional<PublishSettings>> settings;
    private final FileOperations disk;
    private final AtomicFile files;

    /**
     * A publisher into one directory.
     *
     * @param settings how a key is published, empty where it is not; asked anew each time, so that a reload counts
     */
    public FilePublisher(Path directory, Function<KeyName, Optional<PublishSettings>> settings) {
        this(directory, settings, new LinuxFileOperations());
    }

    FilePublisher(Path directory, Function<KeyName, Optional<PublishSettings>> settings, FileOperations disk) {
        this.directory = requireNonNull(directory, "directory is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.disk = disk;
        this.files = new AtomicFile(disk);
    }

    /** A right value that consumers cannot read, or others can, because of mode or group, also {@code DIFFERS}. */
    @Override
    public Publication compare(KeyName key, KeyMaterial material) {
        Optional<PublishSettings> how = settings.apply(key);
        if (how.isEmpty()) {
            return Publication.NOT_CONFIGURED;
        }
        byte[] expected = content(how.get(), material);
        try {
            return compare(file(how.get()), expected, how.get().group());
        } finally {
            Arrays.fill(expected, (byte) 0);
        }
    }

    private Publication compare(Path file, byte[] expected, Optional<String> group) {
        byte[] present = new byte[0];
        try {
            present = disk.read(file);
            boolean same = MessageDigest.isEqual(present, expected) && hasAccess(file, group);
            return same ? Publication.MATCHES : Publication.DIFFERS;
        } catch (NoSuchFileException _) {
            return Publication.ABSENT;
        } catch (IOException e) {
            throw DiskFaults.reading(file, e);
        } finally {
            Arrays.fill(present, (byte) 0);
        }
    }

    @Override
    public synchronized void publish(KeyName key, KeyMaterial material) {
        PublishSettings how = settings(key);
        Path file = file(how);
        byte[] content = content(how, material);
        try {
            PublishFolders.prepare(directory, AtomicFile.folder(file), how.group(), disk);
            files.replace(file, content, AtomicFile.GROUP_READABLE, how.group());
        } catch (IOException e) {
            throw DiskFaults.writing(file, e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private PublishSettings settings(KeyName key) {
        return settings.apply(key).orElseThrow(() -> new StoreException(StoreFailure.Kind.NOT_FOUND,
                "key " + key + " is not published: give it a publish section in the config"));
    }

    private Path file(PublishSettings how) {
        return directory.resolve(how.file());
    }

    private static byte[] content(PublishSettings how, KeyMaterial material) {
        byte[] bare = material.exposeBytes();
        if (how.variable().isEmpty()) {
            return bare;
        }
        try {
            return EnvironmentLine.of(how.variable().get(), bare);
        } finally {
            Arrays.fill(bare, (byte) 0);
        }
    }

    private static boolean hasAccess(Path file, Optional<String> group) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        return attributes.permissions().equals(AtomicFile.GROUP_READABLE)
                && group.filter(name -> !attributes.group().getName().equals(name)).isEmpty();
    }
}
