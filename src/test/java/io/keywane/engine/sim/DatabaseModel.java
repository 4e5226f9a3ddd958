package io.keywane.engine.sim;

import io.keywane.engine.AuditEntry;
import io.keywane.engine.Intent;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.StateStore;
import io.keywane.engine.StoredAuditEntry;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Rotation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * State, journal and audit at their transaction port, as strict as the real ones: a transaction happens whole or not at
 * all, and its answer may be lost.
 */
final class DatabaseModel implements StateStore {
    /** Told of each change of state that became durable. */
    interface Observer {
        void committed(KeyState before, KeyState next, List<AuditEntry> audit);

        /** A commit that would begin a second rotation was refused. */
        void refusedSecondRotation(KeyState next);
    }

    private final CrashPoints crash;
    private final Weather weather;
    private final Observer observer;
    private final Map<KeyName, KeyState> states = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, Intent> open = new LinkedHashMap<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private Map<KeyName, KeyState> backup = Map.of();
    int changes;

    DatabaseModel(CrashPoints crash, Weather weather, Observer observer) {
        this.crash = crash;
        this.weather = weather;
        this.observer = observer;
    }

    @Override
    public KeyState load(KeyName key) {
        return states.getOrDefault(key, KeyState.empty(key));
    }

    /** The latest only: nothing in the engine asks for more. */
    @Override
    public List<Rotation> rotations(KeyName key) {
        return load(key).rotation().stream().toList();
    }

    @Override
    public List<KeyName> keys() {
        return List.copyOf(states.keySet());
    }

    @Override
    public void commit(KeyState state, List<Intent> added, List<AuditEntry> lines) {
        crash.before(Effect.COMMIT);
        failIf(Fault.DISK_FULL);
        failIf(Fault.COMMIT_FAILS);
        KeyState before = load(state.key());
        requireLegal(before, state);
        states.put(state.key(), state);
        added.forEach(intent -> open.put(intent.id(), intent));
        audit.addAll(lines);
        changes++;
        observer.committed(before, state, lines);
        failIf(Fault.COMMIT_ANSWER_LOST);
        crash.after(Effect.COMMIT);
    }

    private void requireLegal(KeyState before, KeyState next) {
        Set<VersionId> forgotten = new HashSet<>(before.versions().stream().map(KeyVersion::id).toList());
        next.versions().forEach(version -> forgotten.remove(version.id()));
        if (!forgotten.isEmpty()) {
            throw new IllegalStateException("forgets versions " + forgotten);
        }
        Optional<Rotation> rotation = before.openRotation();
        if (rotation.isPresent() && !next.rotation().map(Rotation::id).equals(rotation.map(Rotation::id))) {
            observer.refusedSecondRotation(next);
            throw new IllegalStateException("replaces the open rotation " + rotation.get().id());
        }
    }

    private void failIf(Fault fault) {
        if (weather.strikes(fault)) {
            throw new PersistenceException("the disk fails", new IllegalStateException("simulated"));
        }
    }

    @Override
    public void conclude(Intent intent, Intent.Outcome outcome, AuditEntry line) {
        crash.before(Effect.CONCLUDE);
        failIf(Fault.DISK_FULL);
        failIf(Fault.COMMIT_FAILS);
        if (!open.containsKey(intent.id())) {
            throw new IllegalStateException("intent " + intent.id() + " was never written, or ended before");
        }
        if (outcome != Intent.Outcome.UNKNOWN) {
            open.remove(intent.id());
        }
        audit.add(line);
        crash.after(Effect.CONCLUDE);
    }

    /** Whether an effect was announced and has not ended. */
    boolean isIntended(KeyName key, String action, VersionId version) {
        return open.values().stream().anyMatch(i -> i.key().equals(key) && i.action().equals(action)
                && i.version().equals(version));
    }

    @Override
    public List<Intent> unresolvedIntents(KeyName key) {
        return open.values().stream().filter(intent -> intent.key().equals(key)).toList();
    }

    @Override
    public void audit(List<AuditEntry> entries) {
        crash.before(Effect.AUDIT);
        failIf(Fault.DISK_FULL);
        audit.addAll(entries);
        crash.after(Effect.AUDIT);
    }

    @Override
    public List<StoredAuditEntry> auditTail(int count) {
        List<StoredAuditEntry> tail = new ArrayList<>();
        for (int i = Math.max(0, audit.size() - count); i < audit.size(); i++) {
            tail.add(new StoredAuditEntry(i + 1L, "", audit.get(i)));
        }
        return tail;
    }

    @Override
    public List<AuditEntry> audited(String requestId, KeyName key) {
        return audit.stream().filter(line -> line.requestId().equals(Optional.of(requestId))
                && line.key().equals(Optional.of(key))).toList();
    }

    @Override
    public OptionalLong firstBrokenAudit() {
        return OptionalLong.empty();
    }

    @Override
    public Optional<String> replyTo(String requestId) {
        return Optional.empty();
    }

    @Override
    public void remember(String requestId, String reply, Instant at) {
        throw new UnsupportedOperationException("the engine does not keep replies");
    }

    @Override
    public void pruneReplies(Instant before) {
        // There are none.
    }

    @Override
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    @Override
    public void setting(String name, String value) {
        crash.before(Effect.SETTING);
        failIf(Fault.DISK_FULL);
        settings.put(name, value);
        crash.after(Effect.SETTING);
    }

    /** Somebody makes a backup of the states. */
    void backUp() {
        backup = Map.copyOf(states);
    }

    /** Somebody puts the backup back. */
    void restore() {
        states.clear();
        states.putAll(backup);
    }
}
