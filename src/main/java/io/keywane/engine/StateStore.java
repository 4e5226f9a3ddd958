package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.Rotation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Port: the durable state of keys and rotations, the journal of intents, and the audit; one transaction spans all three.
 *
 * <p>Every method throws {@link PersistenceException} where it could not read or write; after that nothing of the call
 * has happened, or its outcome is found by reading.
 */
public interface StateStore {
    /** The state of a key; empty where nothing is known of it. */
    KeyState load(KeyName key);

    /** A key's rotations, oldest first. */
    List<Rotation> rotations(KeyName key);

    /** Every key that the state knows, also those no longer in the config. */
    List<KeyName> keys();

    /** Makes a key's new state, the intents for what is to follow, and the audit lines durable, all or nothing. */
    void commit(KeyState state, List<Intent> intents, List<AuditEntry> audit);

    /** Records how an intent ended, with an audit line for it. */
    void conclude(Intent intent, Intent.Outcome outcome, AuditEntry audit);

    /** A key's intents whose outcome is not known yet, oldest first. */
    List<Intent> unresolvedIntents(KeyName key);

    /** Writes audit lines that go with no change of state. */
    void audit(List<AuditEntry> entries);

    /** The latest audit lines, oldest first. */
    List<StoredAuditEntry> auditTail(int count);

    /** The audit's lines for an operator's request id about a key, oldest first; what they tell of stands with them. */
    List<AuditEntry> audited(String requestId, KeyName key);

    /** Walks the audit chain. Empty: it is whole; else the sequence of the first line that does not fit. */
    OptionalLong firstBrokenAudit();

    /** The outcome that was recorded for an operator's request id, so that a repeat returns it. */
    Optional<String> replyTo(String requestId);

    /** Remembers the outcome of an operator's request. */
    void remember(String requestId, String reply, Instant at);

    /** Forgets the outcomes that were recorded before a time. */
    void pruneReplies(Instant before);

    /** A small durable value by name, such as a key's probe phase. */
    Optional<String> setting(String name);

    void setting(String name, String value);
}
