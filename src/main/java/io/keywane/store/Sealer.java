package io.keywane.store;

import io.keywane.engine.Randomness;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals key values with AES-256-GCM under a key derived from the key-encryption key. A sealed value is bound to its
 * file, its managed key and its version: moved anywhere else it does not open.
 */
final class Sealer implements AutoCloseable {
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int IDENTITY_DIGITS = 16;

    private final byte[] dataKey;
    private final byte[] authenticationKey;
    private final String identity;
    private final Randomness randomness;

    Sealer(KeyEncryptionKey key, Randomness randomness) {
        dataKey = key.derive("key file data");
        authenticationKey = key.derive("key file authentication");
        identity = HexFormat.of().formatHex(key.derive("key file identity")).substring(0, IDENTITY_DIGITS);
        this.randomness = randomness;
    }

    /** Tells key-encryption keys apart, without telling anything of them. */
    String identity() {
        return identity;
    }

    SealedKey seal(Path file, KeyName key, VersionId version, KeyMaterial material) {
        byte[] nonce = randomness.bytes(NONCE_LENGTH);
        byte[] plain = material.exposeBytes();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place(file, key, version)).doFinal(plain);
            return new SealedKey(base64(nonce), base64(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot encrypt with AES-256-GCM", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Opens a sealed value; empty if it was changed, moved from elsewhere, or sealed under another key. */
    Optional<KeyMaterial> open(Path file, KeyName key, VersionId version, SealedKey value) {
        byte[] plain = new byte[0];
        try {
            byte[] nonce = Base64.getDecoder().decode(value.nonce());
            byte[] sealed = Base64.getDecoder().decode(value.sealed());
            plain = cipher(Cipher.DECRYPT_MODE, nonce, place(file, key, version)).doFinal(sealed);
            return Optional.of(KeyMaterial.copyOf(plain));
        } catch (AEADBadTagException | InvalidAlgorithmParameterException | IllegalArgumentException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot decrypt with AES-256-GCM", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** A keyed hash that only a holder of the key-encryption key can make. */
    byte[] authenticate(byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(authenticationKey, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HmacSHA256", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(dataKey, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place);
        return cipher;
    }

    private static byte[] place(Path file, KeyName key, VersionId version) {
        return new Canonical().text(String.valueOf(file.getFileName())).text(key.value()).text(version.value())
                .bytes();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        Arrays.fill(dataKey, (byte) 0);
        Arrays.fill(authenticationKey, (byte) 0);
    }
}
