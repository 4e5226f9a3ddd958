package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Rotation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Durable state in memory, as strict as the real one: no version is forgotten, no open rotation replaced. */
final class TestingStates implements StateStore {
    /** How a commit is to fail. */
    enum Fault {
        NONE, NOTHING_WRITTEN, ANSWER_LOST, CONCLUSION_NOT_WRITTEN, REPLY_NOT_WRITTEN
    }

    private final Crash crash;
    private final Map<KeyName, KeyState> states = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, String> replies = new HashMap<>();
    private final Map<String, Instant> replied = new HashMap<>();
    final List<AuditEntry> audit = new ArrayList<>();
    final List<Intent> intents = new ArrayList<>();
    private final List<Intent> open = new ArrayList<>();
    Fault fault = Fault.NONE;

    TestingStates(Crash crash) {
        this.crash = crash;
    }

    @Override
    public List<Rotation> rotations(KeyName key) {
        return load(key).rotation().stream().toList();
    }

    @Override
    public KeyState load(KeyName key) {
        return states.getOrDefault(key, KeyState.empty(key));
    }

    @Override
    public List<KeyName> keys() {
        return List.copyOf(states.keySet());
    }

    @Override
    public void commit(KeyState state, List<Intent> added, List<AuditEntry> lines) {
        crash.point("before commit");
        failIf(Fault.NOTHING_WRITTEN);
        check(load(state.key()), state);
        states.put(state.key(), state);
        intents.addAll(added);
        open.addAll(added);
        audit.addAll(lines);
        failIf(Fault.ANSWER_LOST);
        crash.point("after commit");
    }

    private static void check(KeyState before, KeyState next) {
        Set<VersionId> forgotten = new HashSet<>(before.versions().stream().map(KeyVersion::id).toList());
        next.versions().forEach(version -> forgotten.remove(version.id()));
        if (!forgotten.isEmpty()) {
            throw new IllegalStateException("forgets versions " + forgotten);
        }
        Optional<Rotation> open = before.openRotation();
        if (open.isPresent() && !next.rotation().map(Rotation::id).equals(open.map(Rotation::id))) {
            throw new IllegalStateException("replaces the open rotation " + open.get().id());
        }
    }

    private void failIf(Fault when) {
        if (fault == when) {
            throw new PersistenceException("the disk fails", new IllegalStateException("asked for by the test"));
        }
    }

    @Override
    public void conclude(Intent intent, Intent.Outcome outcome, AuditEntry line) {
        crash.point("before conclude");
        failIf(Fault.NOTHING_WRITTEN);
        failIf(Fault.CONCLUSION_NOT_WRITTEN);
        audit.add(line);
        if (outcome != Intent.Outcome.UNKNOWN && !open.remove(intent)) {
            throw new IllegalStateException("never written, or ended before: " + intent);
        }
        crash.point("after conclude");
    }

    @Override
    public List<Intent> unresolvedIntents(KeyName key) {
        return open.stream().filter(intent -> intent.key().equals(key)).toList();
    }

    @Override
    public void audit(List<AuditEntry> entries) {
        Runnable mayDie = entries.getFirst().action().endsWith(".tell")
                ? () -> crash.point("audit of telling")
                : () -> {};
        mayDie.run();
        audit.addAll(entries);
        mayDie.run();
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

    /** As if the process had died before it could remember them. */
    void forgetReplies() {
        replies.clear();
    }

    @Override
    public Optional<String> replyTo(String requestId) {
        return Optional.ofNullable(replies.get(requestId));
    }

    @Override
    public void remember(String requestId, String reply, Instant at) {
        failIf(Fault.REPLY_NOT_WRITTEN);
        replies.put(requestId, reply);
        replied.put(requestId, at);
    }

    @Override
    public void pruneReplies(Instant before) {
        replied.values().removeIf(at -> at.isBefore(before));
        replies.keySet().retainAll(replied.keySet());
    }

    @Override
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    @Override
    public void setting(String name, String value) {
        failIf(Fault.NOTHING_WRITTEN);
        Runnable mayDie = name.startsWith("tell/") ? () -> crash.point("setting of telling") : () -> {};
        mayDie.run();
        settings.put(name, value);
        mayDie.run();
    }
}
