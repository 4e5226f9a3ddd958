package io.keywane.engine;

import io.keywane.key.Fingerprint;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Identities: drawn at random, or derived under the installation's pepper so that a repeat comes to the same.
 *
 * <p>A version's identity is derived from its key's name and its value: taking in the same value twice, say after a lost
 * answer, is the same version, and the store sees one idempotency token.
 */
public final class Ids {
    private static final int RANDOM_BYTES = 16;

    private final Randomness randomness;
    private final byte[] pepper;

    public Ids(Randomness randomness, byte[] pepper) {
        this.randomness = randomness;
        this.pepper = pepper.clone();
    }

    /** A fresh identity of 32 hexadecimal digits. */
    public String fresh() {
        return HexFormat.of().formatHex(randomness.bytes(RANDOM_BYTES));
    }

    /** The identity of what a request makes, the same for its repeat; one request id may serve many keys and verbs. */
    String ofRequest(String verb, KeyName key, String requestId) {
        return derived("request\n" + verb + "\n" + key + "\n" + requestId);
    }

    /**
     * Tells a request from any other: its verb, and a keyed digest of the rest. The same for a repeat, holds no key bytes.
     */
    String asked(String verb, String arguments, Optional<KeyMaterial> secret) {
        return verb + " " + derived("asked\n" + verb + "\n" + secret.map(this::fingerprint).map(Fingerprint::toString)
                .orElse("") + "\n" + arguments);
    }

    public Fingerprint fingerprint(KeyMaterial material) {
        return material.fingerprint(pepper);
    }

    public VersionId version(KeyName key, KeyMaterial material) {
        return new VersionId(derived("version\n" + key + "\n" + fingerprint(material)));
    }

    private String derived(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pepper, "HmacSHA256"));
            mac.update(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(), 0, RANDOM_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }
}
