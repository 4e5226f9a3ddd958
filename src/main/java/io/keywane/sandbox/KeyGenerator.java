package io.keywane.sandbox;

import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Draws key values of the vendor's shape, {@code jbe_sbx_{21}_{43}}, from a seed. The prefix marks them as worthless
 * outside a sandbox; the same seed and number give the same value.
 */
final class KeyGenerator {
    static final String PREFIX = "jbe_sbx_";

    private static final Pattern KEY = Pattern.compile("jbe_[a-z]+_[A-Za-z0-9_-]*");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private static final int LOOKUP_LENGTH = 21;
    private static final int SECRET_LENGTH = 43;

    private final long seed;

    KeyGenerator(long seed) {
        this.seed = seed;
    }

    String value(int number) {
        SplittableRandom random = Seeds.random(seed, "key", number);
        StringBuilder value = new StringBuilder(PREFIX);
        append(value, random, LOOKUP_LENGTH);
        value.append('_');
        append(value, random, SECRET_LENGTH);
        return value.toString();
    }

    /** Takes out of a text whatever looks like a key, so that a careless client's header is never recorded. */
    static String withoutKeys(String text) {
        return text.contains("jbe_") ? KEY.matcher(text).replaceAll("[key]") : text;
    }

    private static void append(StringBuilder value, SplittableRandom random, int length) {
        for (int i = 0; i < length; i++) {
            value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
    }
}
