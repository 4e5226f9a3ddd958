package io.keywane.key;

import java.util.Optional;

/**
 * The vendor's published shape, {@code jbe_ENVIRONMENT_(21 characters)_(43 characters)}, read from bytes so that no
 * String of a key is made.
 */
final class KeyShape {
    private static final int FIRST = 21;
    private static final int SECOND = 43;

    private KeyShape() {}

    static Optional<String> environment(byte[] bytes) {
        for (String name : new String[]{"live", "test", "sbx"}) {
            if (startsWith(bytes, "jbe_" + name + "_")) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    static boolean isFamiliar(byte[] bytes) {
        Optional<String> environment = environment(bytes);
        if (environment.isEmpty()) {
            return false;
        }
        int start = "jbe_".length() + environment.get().length() + 1;
        if (bytes.length != start + FIRST + 1 + SECOND || bytes[start + FIRST] != '_') {
            return false;
        }
        for (int i = start; i < bytes.length; i++) {
            if (!isUrlSafe(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWith(byte[] bytes, String prefix) {
        if (bytes.length < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (bytes[i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUrlSafe(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' || b == '-';
    }
}
