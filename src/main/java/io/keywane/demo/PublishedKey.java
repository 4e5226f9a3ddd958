package io.keywane.demo;

import io.keywane.key.InvalidKeyMaterialException;
import io.keywane.key.KeyMaterial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * The key as a consumer holds it: read from the published file, and read again at the consumer's own pace. A value that
 * cannot be read changes nothing.
 */
final class PublishedKey {
    private final Path file;
    private final long period;
    private KeyMaterial material;
    private long nextRead;

    private PublishedKey(Path file, Duration period, KeyMaterial material, long now) {
        this.file = file;
        this.period = period.toNanos();
        this.material = material;
        this.nextRead = now + this.period;
    }

    /**
     * Reads it for the first time.
     *
     * @param now as {@link System#nanoTime()}
     */
    static PublishedKey read(Path file, Duration period, long now) throws IOException {
        return new PublishedKey(file, period, read(file), now);
    }

    /** The value to use at a time. */
    KeyMaterial at(long now) {
        if (now - nextRead >= 0) {
            nextRead = now + period;
            readAgain();
        }
        return material;
    }

    private void readAgain() {
        try {
            material = read(file);
        } catch (IOException | InvalidKeyMaterialException e) {
            System.err.println("cannot read the key again, so the former is kept: " + e.getMessage());
        }
    }

    private static KeyMaterial read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return KeyMaterial.copyOf(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
