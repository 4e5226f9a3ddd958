package io.keywane.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One assignment as systemd's EnvironmentFile= and a POSIX shell read it, ended by a line feed. Plain values stand as
 * they are; one with a character that either would interpret is put in double quotes.
 */
final class EnvironmentLine {
    private static final String PLAIN = "_-.,:/@%+=";
    private static final String ESCAPED_IN_QUOTES = "\"\\$`";

    private EnvironmentLine() {}

    /** The line for a variable. The caller wipes it. */
    static byte[] of(String variable, byte[] value) {
        ByteBuffer line = ByteBuffer.allocate(variable.length() + 2 * value.length + 4);
        line.put(variable.getBytes(StandardCharsets.US_ASCII));
        line.put((byte) '=');
        put(line, value);
        line.put((byte) '\n');
        byte[] bytes = Arrays.copyOf(line.array(), line.position());
        Arrays.fill(line.array(), (byte) 0);
        return bytes;
    }

    private static void put(ByteBuffer line, byte[] value) {
        if (isPlain(value)) {
            line.put(value);
            return;
        }
        line.put((byte) '"');
        for (byte b : value) {
            if (ESCAPED_IN_QUOTES.indexOf(b) >= 0) {
                line.put((byte) '\\');
            }
            line.put(b);
        }
        line.put((byte) '"');
    }

    private static boolean isPlain(byte[] value) {
        for (byte b : value) {
            boolean letterOrDigit = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (!letterOrDigit && PLAIN.indexOf(b) < 0) {
                return false;
            }
        }
        return true;
    }
}
