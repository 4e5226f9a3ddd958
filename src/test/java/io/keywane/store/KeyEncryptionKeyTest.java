package io.keywane.store;

import io.keywane.engine.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyEncryptionKeyTest {
    private static final byte[] RAW = HexFormat.of()
            .parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff");

    @TempDir
    Path folder;

    private Path file(byte[] content) throws IOException {
        return file(content, "rw-------");
    }

    private Path file(byte[] content, String mode) throws IOException {
        Path file = folder.resolve("kek");
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void load_rawHexadecimalAndBase64_giveTheSameKey() throws IOException {
        byte[] expected = KeyEncryptionKey.load(file(RAW)).derive("test");

        for (String text : new String[]{HexFormat.of().formatHex(RAW), HexFormat.of().formatHex(RAW) + "\n",
            HexFormat.of().withUpperCase().formatHex(RAW), Base64.getEncoder().encodeToString(RAW) + "\r\n"}) {
            assertThat(KeyEncryptionKey.load(file(ascii(text))).derive("test")).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 43, 44, 63, 64, 65, 4096})
    void load_otherContent_isRefusedWithoutRepeatingIt(int length) throws IOException {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) '?');
        Path file = file(content);

        assertThatThrownBy(() -> KeyEncryptionKey.load(file)).isInstanceOf(StoreException.class)
                .hasMessage("key-encryption key " + file + " holds neither 32 raw bytes nor 64 hexadecimal digits nor"
                        + " the Base64 of 32 bytes: restore it")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw--w----", "rw-rw----", "rwxrwxrwx", "rw------x"})
    void load_fileForOthers_isRefused(String mode) throws IOException {
        Path file = file(RAW, mode);

        assertThatThrownBy(() -> KeyEncryptionKey.load(file)).isInstanceOf(StoreException.class)
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void load_absentFile_namesIt() {
        Path file = folder.resolve("absent");

        assertThatThrownBy(() -> KeyEncryptionKey.load(file)).isInstanceOf(StoreException.class)
                .hasMessageContaining(file + " does not exist");
    }

    @Test
    void create_writesAPrivateFileThatLoads() throws IOException {
        Path file = folder.resolve("new");
        byte[] made = KeyEncryptionKey.create(file).derive("test");

        assertThat(KeyEncryptionKey.load(file).derive("test")).isEqualTo(made);
        assertThat(Files.size(file)).isEqualTo(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void create_existingFile_isLeftAlone() throws IOException {
        Path file = file(RAW);

        assertThatThrownBy(() -> KeyEncryptionKey.create(file)).isInstanceOf(StoreException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(RAW);
    }

    @Test
    void derive_isHkdfOfTheKeyAndThePurpose() throws Exception {
        KeyEncryptionKey key = KeyEncryptionKey.load(file(RAW));
        // RFC 5869 with an empty salt and one block.
        byte[] extracted = hmac(new byte[32], RAW);
        byte[] expected = hmac(extracted, ascii("keywane/1/fingerprint" + (char) 1));

        assertThat(key.derive("fingerprint")).isEqualTo(expected);
        assertThat(key.derive("other")).isNotEqualTo(expected);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    @Test
    void toString_showsNothing() throws IOException {
        assertThat(KeyEncryptionKey.load(file(RAW))).hasToString("KeyEncryptionKey[not shown]");
    }

    @Test
    void close_wipes() throws IOException {
        KeyEncryptionKey key = KeyEncryptionKey.load(file(RAW));
        key.close();

        assertThatThrownBy(() -> key.derive("test")).isInstanceOf(IllegalStateException.class);
    }
}
