package io.keywane.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** The ways in which 32 bytes may stand in a file; told apart by length alone. */
final class KeyEncoding {
    private static final int HEXADECIMAL_LENGTH = 2 * KeyEncryptionKey.LENGTH;
    private static final int BASE64_LENGTH = 44;

    private KeyEncoding() {}

    static Optional<byte[]> decode(byte[] content) {
        if (content.length == KeyEncryptionKey.LENGTH) {
            return Optional.of(content.clone());
        }
        byte[] text = withoutLineEnd(content);
        try {
            return decodeText(text).filter(bytes -> bytes.length == KeyEncryptionKey.LENGTH);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static Optional<byte[]> decodeText(byte[] text) {
        return switch (text.length) {
            case HEXADECIMAL_LENGTH -> Optional.of(hexadecimal(text));
            case BASE64_LENGTH -> Optional.of(Base64.getDecoder().decode(text));
            default -> Optional.empty();
        };
    }

    // By way of characters that can be wiped, not of a String.
    private static byte[] hexadecimal(byte[] text) {
        char[] characters = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(text)).array();
        try {
            return HexFormat.of().parseHex(characters, 0, text.length);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    private static byte[] withoutLineEnd(byte[] content) {
        int end = content.length;
        while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOf(content, end);
    }
}
