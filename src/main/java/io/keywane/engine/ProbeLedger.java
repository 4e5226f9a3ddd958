package io.keywane.engine;

import io.keywane.key.VersionId;
import io.keywane.usage.OwnRequest;

import java.time.Instant;
import java.util.List;

/**
 * Port: the durable ledger of our own requests. {@link #open} returns only when the entry survives a power cut: it is
 * called before the request is sent.
 */
public interface ProbeLedger {
    /** Writes a pending entry. Throws {@link PersistenceException} if that failed; then nothing may be sent. */
    void open(OwnRequest entry);

    /** Records the fate of an entry. Losing this is harmless: a pending entry counts as nought to one. */
    void settle(OwnRequest entry);

    /** The entries of a version sent at or after a wall-clock time, oldest first. */
    List<OwnRequest> since(VersionId version, Instant from);
}
