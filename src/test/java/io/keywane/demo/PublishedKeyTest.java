package io.keywane.demo;

import io.keywane.key.KeyMaterial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class PublishedKeyTest {
    private static final Duration PERIOD = Duration.ofSeconds(4);
    private static final KeyMaterial FIRST = KeyMaterial.copyOf("first".getBytes(StandardCharsets.US_ASCII));
    private static final KeyMaterial SECOND = KeyMaterial.copyOf("second".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void publish() throws IOException {
        file = Files.writeString(folder.resolve("key"), "first");
    }

    @Test
    void key_replaced_isReadAgainAfterThePeriodOnly() throws IOException {
        PublishedKey key = PublishedKey.read(file, PERIOD, 0);
        Files.writeString(file, "second");

        assertThat(key.at(PERIOD.toNanos() - 1)).isEqualTo(FIRST);
        assertThat(key.at(PERIOD.toNanos())).isEqualTo(SECOND);
    }

    @Test
    void key_fileGoneOrEmpty_staysTheFormer() throws IOException {
        PublishedKey key = PublishedKey.read(file, PERIOD, 0);

        Files.writeString(file, "");
        assertThat(key.at(PERIOD.toNanos())).isEqualTo(FIRST);
        Files.delete(file);
        assertThat(key.at(2 * PERIOD.toNanos())).isEqualTo(FIRST);
    }
}
