package io.keywane.engine;

import io.keywane.alert.Maintenance;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What people said of keys, kept over restarts: times of maintenance, and versions that they revoked. Thread-safe. */
final class KeyNotes {
    private static final Logger LOG = LoggerFactory.getLogger(KeyNotes.class);

    private final StateStore states;
    private final Map<KeyName, Optional<Maintenance>> maintenance = new ConcurrentHashMap<>();
    private final Map<KeyName, Map<VersionId, Instant>> revoked = new ConcurrentHashMap<>();

    KeyNotes(StateStore states) {
        this.states = states;
    }

    private static String maintenanceName(KeyName key) {
        return "maintenance/" + key;
    }

    private static String revokedName(KeyName key) {
        return "said-revoked/" + key;
    }

    /** The maintenance that lasts at this time. */
    Optional<Maintenance> maintenance(KeyName key, Instant at) {
        return maintenance.computeIfAbsent(key, this::readMaintenance).filter(m -> m.isOn(at));
    }

    private Optional<Maintenance> readMaintenance(KeyName key) {
        String text = states.setting(maintenanceName(key)).orElse("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            String[] fields = text.split(" ", -1);
            return Optional.of(new Maintenance(Instant.parse(fields[0]), Instant.parse(fields[1]), plain(fields[2]),
                    plain(fields[3])));
        } catch (RuntimeException e) {
            LOG.warn("the maintenance of {} is forgotten: {}", key, e.getMessage());
            return Optional.empty();
        }
    }

    /** Announces a maintenance, or ends the one there is; durable when this returns. */
    void maintenance(KeyName key, Optional<Maintenance> announced) {
        states.setting(maintenanceName(key), announced
                .map(m -> m.from() + " " + m.until() + " " + coded(m.by()) + " " + coded(m.why())).orElse(""));
        maintenance.put(key, announced);
    }

    /** The versions that somebody said they revoked, and since when. */
    Map<VersionId, Instant> saidRevoked(KeyName key) {
        return revoked.computeIfAbsent(key, this::readRevoked);
    }

    private Map<VersionId, Instant> readRevoked(KeyName key) {
        try {
            return Map.copyOf(states.setting(revokedName(key)).orElse("").lines().map(line -> line.split(" ", -1))
                    .collect(Collectors.toMap(fields -> new VersionId(fields[0]), fields -> Instant.parse(fields[1]))));
        } catch (RuntimeException e) {
            LOG.warn("which versions of {} are said to be revoked is forgotten: {}", key, e.getMessage());
            return Map.of();
        }
    }

    /** Somebody says that they revoked a version; the first time counts. */
    void sayRevoked(KeyName key, VersionId version, Instant at) {
        Map<VersionId, Instant> next = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        next.putAll(saidRevoked(key));
        if (next.putIfAbsent(version, at) == null) {
            states.setting(revokedName(key), next.entrySet().stream()
                    .map(entry -> entry.getKey().value() + " " + entry.getValue()).collect(Collectors.joining("\n")));
            revoked.put(key, Map.copyOf(next));
        }
    }

    /** Starts with a dot, so that an empty text is a field. */
    private static String coded(String text) {
        return "." + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(String field) {
        return new String(Base64.getDecoder().decode(field.substring(1)), StandardCharsets.UTF_8);
    }
}
