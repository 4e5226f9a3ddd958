package io.keywane.store;

import io.keywane.engine.AuditEntry;
import io.keywane.key.KeyName;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * The hash that ties each audit line to all before it: SHA-256 over the former line's hash, the sequence and every
 * field. The first line has an empty one before it.
 */
final class AuditChain {
    /** What stands before the first line. */
    static final String START = "";

    private AuditChain() {}

    static String hash(String previous, long sequence, AuditEntry entry) {
        Canonical canonical = new Canonical().text(previous).number(sequence).number(Columns.nanos(entry.at()))
                .text(entry.actor()).text(entry.action()).text(entry.key().map(KeyName::value))
                .text(entry.reason()).text(entry.requestId()).number(entry.details().size());
        new TreeMap<>(entry.details()).forEach((name, value) -> canonical.text(name).text(value));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }
}
