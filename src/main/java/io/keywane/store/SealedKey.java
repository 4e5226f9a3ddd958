package io.keywane.store;

import static java.util.Objects.requireNonNull;

/**
 * One key value, encrypted and authenticated.
 *
 * @param nonce never used twice under one key; Base64
 * @param sealed the ciphertext with its tag; Base64
 */
record SealedKey(String nonce, String sealed) {
    SealedKey {
        requireNonNull(nonce, "nonce is null");
        requireNonNull(sealed, "sealed is null");
    }
}
