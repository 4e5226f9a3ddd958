package io.keywane.daemon;

import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;

/** The forms in which a key may turn up in text. Each is handed on as bytes and wiped afterwards. */
final class KeyForms {
    private static final byte[] HEX_LOWER = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e',
        'f'};
    private static final byte[] HEX_UPPER = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E',
        'F'};

    private KeyForms() {}

    static void forEach(byte[] secret, Consumer<byte[]> use) {
        give(secret.clone(), use);
        for (byte[] digits : new byte[][]{HEX_LOWER, HEX_UPPER}) {
            give(escaped(secret, digits, "-_.~"), use); // RFC 3986
            give(escaped(secret, digits, "-_.*"), use); // HTML forms
            give(escaped(secret, digits, "-_.~!*'()"), use); // encodeURIComponent
            give(hexadecimal(secret, digits), use);
        }
        give(jsonEscaped(secret, "\"\\"), use);
        give(jsonEscaped(secret, "\"\\/"), use);
        for (int offset = 0; offset < 3; offset++) {
            give(base64(Base64.getEncoder(), secret, offset), use);
            give(base64(Base64.getUrlEncoder(), secret, offset), use);
        }
    }

    private static void give(byte[] form, Consumer<byte[]> use) {
        try {
            use.accept(form);
        } finally {
            Arrays.fill(form, (byte) 0);
        }
    }

    // As it reads in the middle of something longer: with so many bytes before it (modulo three), and others after.
    private static byte[] base64(Base64.Encoder encoder, byte[] secret, int offset) {
        byte[] shifted = new byte[offset + secret.length];
        System.arraycopy(secret, 0, shifted, offset, secret.length);
        byte[] encoded = encoder.withoutPadding().encode(shifted);
        int from = (offset * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        byte[] form = Arrays.copyOfRange(encoded, Math.min(from, to), to);
        Arrays.fill(shifted, (byte) 0);
        Arrays.fill(encoded, (byte) 0);
        return form;
    }

    private static byte[] hexadecimal(byte[] secret, byte[] digits) {
        byte[] form = new byte[secret.length * 2];
        for (int i = 0; i < secret.length; i++) {
            form[2 * i] = digits[secret[i] >> 4 & 0xf];
            form[2 * i + 1] = digits[secret[i] & 0xf];
        }
        return form;
    }

    private static byte[] escaped(byte[] secret, byte[] digits, String unescapedMarks) {
        byte[] form = new byte[secret.length * 3];
        int length = 0;
        for (byte b : secret) {
            if (Character.isLetterOrDigit(b) || unescapedMarks.indexOf(b) >= 0) {
                form[length++] = b;
                continue;
            }
            form[length++] = '%';
            form[length++] = digits[b >> 4 & 0xf];
            form[length++] = digits[b & 0xf];
        }
        return cut(form, length);
    }

    private static byte[] jsonEscaped(byte[] secret, String escapedMarks) {
        byte[] form = new byte[secret.length * 2];
        int length = 0;
        for (byte b : secret) {
            if (escapedMarks.indexOf(b) >= 0) {
                form[length++] = '\\';
            }
            form[length++] = b;
        }
        return cut(form, length);
    }

    private static byte[] cut(byte[] bytes, int length) {
        byte[] shorter = Arrays.copyOf(bytes, length);
        Arrays.fill(bytes, (byte) 0);
        return shorter;
    }
}
