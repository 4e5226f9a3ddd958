package io.keywane.store;

import io.keywane.engine.KeySource.Answer;
import io.keywane.engine.StoreException;
import io.keywane.key.KeyFault;
import io.keywane.key.KeyMaterial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CandidateFilesTest {
    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void place() throws IOException {
        file = folder.resolve("search");
        mode(folder, "rwx------");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private void put(String text) throws IOException {
        Files.writeString(file, text);
        mode(file, "rw-r-----");
    }

    @Test
    void absentFile_isNothing() {
        assertThat(CandidateFiles.read(file)).isEqualTo(new Answer.Nothing("there is no file " + file));
    }

    @Test
    void key_withOrWithoutALineBreak_isFoundAndStays() throws IOException {
        Answer expected = new Answer.Found(KeyMaterial.copyOf("a-key".getBytes(StandardCharsets.US_ASCII)));
        for (String end : new String[]{"", "\n", "\r\n"}) {
            put("a-key" + end);
            assertThat(CandidateFiles.read(file)).isEqualTo(expected);
        }
        assertThat(file).exists();
    }

    @Test
    void text_thatCannotBeAKey_isNamedByItsFault() throws IOException {
        put("");
        assertThat(CandidateFiles.read(file)).isEqualTo(new Answer.Unusable(KeyFault.EMPTY));
        put("a b");
        assertThat(CandidateFiles.read(file)).isEqualTo(new Answer.Unusable(KeyFault.WHITE_SPACE));
        put("x".repeat(513));
        assertThat(CandidateFiles.read(file)).isEqualTo(new Answer.Unusable(KeyFault.TOO_LONG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-----w-"})
    void file_thatOthersReach_isRefused(String mode) throws IOException {
        put("a-key");
        mode(file, mode);
        assertThatThrownBy(() -> CandidateFiles.read(file)).isInstanceOf(StoreException.class)
                .hasMessageContaining("so others may reach it: chmod o= " + file);
    }

    @Test
    void folder_thatOthersWrite_isRefused() throws IOException {
        put("a-key");
        mode(folder, "rwxr-x-w-");
        assertThatThrownBy(() -> CandidateFiles.read(file)).isInstanceOf(StoreException.class)
                .hasMessageContaining("so others may put a key there: chmod o-w " + folder);
    }

    @Test
    void link_isRefused() throws IOException {
        put("a-key");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatThrownBy(() -> CandidateFiles.read(link)).isInstanceOf(StoreException.class)
                .hasMessageContaining("is no plain file");
    }
}
