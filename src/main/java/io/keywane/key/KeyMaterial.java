package io.keywane.key;

import com.google.errorprone.annotations.Immutable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.util.Objects.requireNonNull;

/**
 * The bytes of one API key: the only class that holds them.
 *
 * <p>Bytes are copied in and out, equality takes constant time, {@link #toString()} and {@link #hashCode()} show nothing
 * of the content. Every place where a value leaves is found by searching for {@code expose}.
 */
@Immutable
public final class KeyMaterial {
    /** The longest value taken in, in bytes. */
    public static final int MAX_LENGTH = 512;

    private static final int PREFIX_LENGTH = 12;

    @SuppressWarnings("Immutable") // copied in and out, never written after construction
    private final byte[] bytes;

    private KeyMaterial(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a copy of a value.
     *
     * @throws InvalidKeyMaterialException if the value cannot be a key; the message names the rule, never the content
     */
    public static KeyMaterial copyOf(byte[] value) {
        requireNonNull(value, "value is null");
        KeyFault.find(value).ifPresent(fault -> {
            throw new InvalidKeyMaterialException(fault);
        });
        return new KeyMaterial(value.clone());
    }

    /** A copy of the value. The caller wipes it. */
    public byte[] exposeBytes() {
        return bytes.clone();
    }

    /** The value as a String, for a header or an SDK that takes nothing else; made at the last moment, never kept. */
    public String exposeString() {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** The keyed hash of this value under the installation's pepper. */
    public Fingerprint fingerprint(byte[] pepper) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pepper, "HmacSHA256"));
            return new Fingerprint(HexFormat.of().formatHex(mac.doFinal(bytes), 0, 8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }

    /** What the vendor calls the environment: {@code live}, {@code test}, or {@code sbx} for the sandbox. */
    public Optional<String> environment() {
        return KeyShape.environment(bytes);
    }

    /** Whether the value has the vendor's published shape; another shape warrants a warning, not a refusal. */
    public boolean hasFamiliarShape() {
        return KeyShape.isFamiliar(bytes);
    }

    /**
     * The characters that the vendor's dashboard shows of a key. Only keys of the familiar shape have one: of another
     * value we do not know how much is secret.
     */
    public Optional<String> publicPrefix() {
        if (!hasFamiliarShape()) {
            return Optional.empty();
        }
        return Optional.of(new String(bytes, 0, PREFIX_LENGTH, StandardCharsets.US_ASCII));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyMaterial that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all values: a hash of the content would be a way to look for it. */
    @Override
    public int hashCode() {
        return KeyMaterial.class.hashCode();
    }

    @Override
    public String toString() {
        return "KeyMaterial[not shown]";
    }
}
