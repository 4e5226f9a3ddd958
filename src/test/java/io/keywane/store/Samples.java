package io.keywane.store;

import io.keywane.engine.AuditEntry;
import io.keywane.engine.Randomness;
import io.keywane.key.Fingerprint;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Things that tests of the stores need again and again. */
final class Samples {
    static final KeyName SEARCH = new KeyName("search-production");
    static final KeyName FEED = new KeyName("feed-production");
    static final Moment START = new Moment("boot-1", Duration.ofHours(3).plusNanos(7),
            Instant.parse("2026-11-24T10:00:00.123456789Z"));

    private Samples() {}

    /** The n-th version id. */
    static VersionId version(int n) {
        return new VersionId(String.format("%032x", n));
    }

    /** The n-th key value, of the vendor's shape, without a run of equal characters. */
    static KeyMaterial material(int n) {
        return KeyMaterial.copyOf(value(n).getBytes(StandardCharsets.US_ASCII));
    }

    static String value(int n) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        StringBuilder text = new StringBuilder("jbe_live_");
        new Random(n).ints(21, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
        text.append('_');
        new Random(~n).ints(43, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
        return text.toString();
    }

    static Fingerprint fingerprint(int n) {
        return new Fingerprint(String.format("%016x", n));
    }

    static Moment after(long seconds) {
        return START.plus(Duration.ofSeconds(seconds));
    }

    static AuditEntry line(String action) {
        return new AuditEntry(START.wall(), "uid:anna", action, Optional.of(SEARCH), "because", Optional.of("r-1"),
                Map.of("from", "STAGED", "to", "VERIFIED"));
    }

    /** Chance that a seed replays. */
    static Randomness randomness(long seed) {
        Random random = new Random(seed);
        return new Randomness() {
            @Override
            public double fraction() {
                return random.nextDouble();
            }

            @Override
            public byte[] bytes(int count) {
                byte[] bytes = new byte[count];
                random.nextBytes(bytes);
                return bytes;
            }
        };
    }
}
