package io.keywane.engine;

import static java.util.Objects.requireNonNull;

/**
 * An audit line as kept: its place in the chain.
 *
 * @param sequence 1 for the first line, without gaps
 * @param hash SHA-256 over the former line's hash and this line, in hexadecimal
 */
public record StoredAuditEntry(long sequence, String hash, AuditEntry entry) {
    public StoredAuditEntry {
        requireNonNull(hash, "hash is null");
        requireNonNull(entry, "entry is null");
    }
}
