package io.keywane.store;

import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.keywane.engine.HostClock;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.VaultSettings;
import io.keywane.key.Moment;
import io.keywane.store.VaultServer.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import static java.util.Objects.requireNonNull;

/**
 * Reads and writes whole secrets of one KV version 2 mount by compare-and-set. What a standby answers is not taken while
 * it is older than what we wrote ourselves; a lost answer to a write is answered by reading back.
 */
final class VaultKv {
    private static final Logger LOG = LoggerFactory.getLogger(VaultKv.class);
    private static final String MISMATCH = "check-and-set parameter did not match";
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** No standby lags so long: after it, an older version than ours means that history was removed. */
    private static final Duration LONGEST_LAG = Duration.ofSeconds(60);

    private final VaultServer server;
    private final String mount;
    private final Duration patience;
    private final HostClock clock;
    private final Map<String, Written> written = new ConcurrentHashMap<>();
    private volatile boolean proven;

    private record Written(long version, Moment at) {}

    VaultKv(VaultServer server, VaultSettings settings, HostClock clock) {
        this.server = server;
        this.mount = settings.mount();
        this.patience = settings.timeout();
        this.clock = clock;
    }

    /** How a path is called, with the mount before it. */
    String full(String path) {
        return mount + "/" + path;
    }

    /**
     * Makes sure, once, that the mount is KV version 2: version 1 ignores compare-and-set and says nothing.
     *
     * @throws StoreException if it is another, or cannot be asked
     */
    void requireVersion2() {
        if (!proven) {
            mountFault().ifPresent(fault -> {
                throw fault;
            });
            proven = true;
        }
    }

    /** What is wrong with the mount itself; throws if it cannot be asked. */
    Optional<StoreException> mountFault() {
        String what = "looking at mount " + mount;
        Answer answer = server.read("sys/internal/ui/mounts/" + mount);
        if (answer.status() != 200) {
            throw server.failure(what, false, answer);
        }
        JsonObject data = answer.data();
        String type = Answer.text(data, "type");
        String version = Answer.text(Answer.object(data, "options"), "version");
        if (!type.equals("kv")) {
            return Optional.of(server.faults().fault(StoreFailure.Kind.DENIED, what, "it is no KV engine",
                    "name the mount of a KV version 2 engine"));
        }
        return version.equals("2")
                ? Optional.empty()
                : Optional.of(server.faults().fault(StoreFailure.Kind.DENIED, what,
                        "it is KV version 1, which ignores compare-and-set",
                        "upgrade it with `vault kv enable-versioning " + mount + "`, or name another mount"));
    }

    /** The latest version of a secret, not older than what this daemon wrote there. */
    VaultDocument read(String path) {
        requireVersion2();
        Moment began = clock.now();
        while (true) {
            VaultDocument document = readOnce(path);
            if (!isStale(path, document)) {
                return document;
            }
            if (clock.now().isAtLeastAfter(began, patience)) {
                throw server.faults().fault(StoreFailure.Kind.UNAVAILABLE, "reading " + full(path),
                        "it answers with an older version than was written", "a standby lags: name the active node");
            }
            pause();
        }
    }

    private boolean isStale(String path, VaultDocument document) {
        Written ours = written.get(path);
        return ours != null && document.version() < ours.version()
                && !clock.now().isAtLeastAfter(ours.at(), LONGEST_LAG);
    }

    private VaultDocument readOnce(String path) {
        String what = "reading " + full(path);
        Answer answer = server.readSecret(full(path));
        JsonObject data = answer.data();
        JsonObject metadata = Answer.object(data, "metadata");
        long version = Answer.number(metadata, "version");
        if (answer.status() == 200) {
            JsonValue fields = data.get("data");
            if (version < 1 || fields == null || !fields.isObject()) {
                throw server.faults().unreadable(what, false);
            }
            Optional<String> endsAt = Optional.of(Answer.text(metadata, "deletion_time")).filter(t -> !t.isEmpty());
            return VaultDocument.present(version, fields.asObject(), endsAt);
        }
        if (answer.status() != 404 || answer.hasErrors()) {
            throw server.failure(what, false, answer);
        }
        if (version > 0) {
            return new VaultDocument(version, VaultDocument.Presence.DELETED, Map.of(), Optional.empty());
        }
        if (answer.body().get("errors") == null) {
            throw server.faults().unreadable(what, false);
        }
        return VaultDocument.ABSENT;
    }

    /**
     * Writes a secret if its latest version has the given number.
     *
     * @param isDone tells from what is there now whether it is what this call was to write; then a mismatch or a lost
     *     answer is none
     * @return whether it is written; false if the secret had moved on
     * @throws StoreException {@code UNKNOWN_OUTCOME} if it may or may not be written, even after reading back
     */
    boolean write(String path, long version, Map<String, JsonValue> data, Predicate<VaultDocument> isDone) {
        requireVersion2();
        requireNonNull(isDone, "isDone is null");
        String what = "writing " + full(path);
        Answer answer;
        try {
            answer = server.writeSecret(full(path), version, data);
        } catch (StoreException e) {
            if (e.kind() == StoreFailure.Kind.UNKNOWN_OUTCOME && isDoneAfterAll(path, isDone)) {
                return true;
            }
            throw e;
        }
        if (answer.status() == 204) {
            proven = false;
            throw server.faults().fault(StoreFailure.Kind.DAMAGED, what, "the mount has become KV version 1",
                    "mount KV version 2 there");
        }
        if (answer.status() == 400 && answer.saysError(MISMATCH)) {
            return isDoneAfterAll(path, isDone);
        }
        if (answer.status() != 200) {
            throw server.failure(what, true, answer);
        }
        takeNote(path, answer.data());
        return true;
    }

    private void takeNote(String path, JsonObject metadata) {
        written.put(path, new Written(Answer.number(metadata, "version"), clock.now()));
        String endsAt = Answer.text(metadata, "deletion_time");
        if (!endsAt.isEmpty()) {
            LOG.warn("what was written to {} will be taken away by the server at {}: set delete_version_after of the "
                    + "secret and of its mount to 0", full(path), endsAt);
        }
    }

    private boolean isDoneAfterAll(String path, Predicate<VaultDocument> isDone) {
        try {
            VaultDocument now = read(path);
            if (isDone.test(now)) {
                written.put(path, new Written(now.version(), clock.now()));
                return true;
            }
            return false;
        } catch (StoreException e) {
            LOG.warn("cannot read back what was written: {}", e.getMessage());
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
