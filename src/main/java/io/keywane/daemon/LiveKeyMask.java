package io.keywane.daemon;

import io.keywane.key.KeyMaterial;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Takes key values out of text: whatever has the vendor's shape, and every run of eight or more characters of a
 * registered key beyond its public prefix, plain, URL-encoded, JSON-escaped, in base64 at any alignment, or in
 * hexadecimal.
 *
 * <p>Of registered keys it keeps keyed one-way hashes of their runs of eight characters, no bytes and no Strings. A key
 * stays registered until the process ends, so that nothing said late about a key that left shows it either.
 */
public final class LiveKeyMask {
    /** What stands in the place of a key. */
    public static final String MASK = "[key masked]";

    /** The shortest run that is masked, in characters. */
    static final int RUN = 8;

    // The public prefix (jbe_live_ and three more) passes; base64 and hexadecimal forms are those of "jbe_" and what follows.
    private static final Pattern SHAPE = Pattern.compile(
            "jbe_[A-Za-z0-9]{1,16}_[A-Za-z0-9_-]{5,}|amJlX[A-Za-z0-9+/_-]{12,}={0,2}|6[aA]62655[fF][0-9a-fA-F]{16,}");

    private final SipHash hash;
    private final Set<Long> runs = ConcurrentHashMap.newKeySet();

    public LiveKeyMask() {
        SecureRandom random = new SecureRandom();
        this.hash = new SipHash(random.nextLong(), random.nextLong());
    }

    /** From now on this key is masked in all text. Values shorter than eight characters have no run and are not. */
    public void register(KeyMaterial key) {
        byte[] value = key.exposeBytes();
        int from = key.publicPrefix().map(String::length).orElse(0);
        byte[] secret = Arrays.copyOfRange(value, from, value.length);
        try {
            KeyForms.forEach(secret, this::registerRuns);
        } finally {
            Arrays.fill(value, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The text without keys; the same object where there was none. */
    public String mask(String text) {
        String shaped = text.contains("jbe_") || text.contains("amJlX") || text.contains("62655")
                ? SHAPE.matcher(text).replaceAll(MASK)
                : text;
        return runs.isEmpty() ? shaped : maskRuns(shaped);
    }

    private void registerRuns(byte[] form) {
        long window = 0;
        for (int i = 0; i < form.length; i++) {
            window = window << Byte.SIZE | (form[i] & 0xff);
            if (i >= RUN - 1) {
                runs.add(hash.of(window));
            }
        }
    }

    private String maskRuns(String text) {
        BitSet marked = new BitSet();
        long window = 0;
        for (int i = 0, length = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            window = window << Byte.SIZE | character;
            length = character < 128 ? length + 1 : 0;
            if (length >= RUN && runs.contains(hash.of(window))) {
                marked.set(i - RUN + 1, i + 1);
            }
        }
        return marked.isEmpty() ? text : without(text, marked);
    }

    private static String without(String text, BitSet marked) {
        StringBuilder masked = new StringBuilder(text.length());
        int from = 0;
        for (int start = marked.nextSetBit(0); start >= 0; start = marked.nextSetBit(from)) {
            masked.append(text, from, start).append(MASK);
            from = marked.nextClearBit(start);
        }
        return masked.append(text, from, text.length()).toString();
    }

    /** The masked text as UTF-8. */
    byte[] maskToBytes(String text) {
        return mask(text).getBytes(StandardCharsets.UTF_8);
    }
}
