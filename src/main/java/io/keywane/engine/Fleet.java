package io.keywane.engine;

import io.keywane.key.Fingerprint;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** All watchers, and what can only be said by looking at several keys at once. */
final class Fleet {
    private final Map<KeyName, KeyWatcher> keys = new ConcurrentSkipListMap<>();
    private final Map<OrganisationName, OrganisationWatcher> organisations = new ConcurrentSkipListMap<>();

    void put(KeyWatcher watcher) {
        keys.put(watcher.name, watcher);
    }

    void remove(KeyName name) {
        keys.remove(name);
    }

    Optional<KeyWatcher> key(KeyName name) {
        return Optional.ofNullable(keys.get(name));
    }

    Collection<KeyWatcher> keys() {
        return List.copyOf(keys.values());
    }

    OrganisationWatcher organisation(OrganisationName name) {
        return organisations.computeIfAbsent(name, OrganisationWatcher::new);
    }

    List<KeyWatcher> keysOf(OrganisationName organisation) {
        return keys.values().stream().filter(k -> k.settings().organisation().equals(organisation)).toList();
    }

    /**
     * What the API says of a version. A refusal that no other key's acceptance vouches for may be the header that is
     * stripped, and nothing follows from it.
     */
    Acceptance acceptance(KeyWatcher watcher, VersionId version) {
        return watcher.read(version, watch -> {
            if (watch.acceptance.isConfirmedRefused()) {
                return watch.acceptance.isCondemned() ? Acceptance.REFUSED : Acceptance.AMBIGUOUS;
            }
            if (watch.acceptance.isSuspected()) {
                return Acceptance.SUSPECTED;
            }
            return watch.acceptance.isAccepted() ? Acceptance.ACCEPTED : Acceptance.UNPROVEN;
        }).orElse(Acceptance.UNPROVEN);
    }

    /** Whether every current key of an organisation that was probed is refused, and at least one is. */
    boolean areAllRefused(OrganisationName organisation) {
        List<Boolean> refused = keysOf(organisation).stream()
                .flatMap(key -> key.state().current().stream()
                        .flatMap(v -> key.read(v.id(), w -> w.acceptance.isConfirmedRefused()).stream()))
                .toList();
        return !refused.isEmpty() && refused.stream().allMatch(r -> r);
    }

    /** The other managed key that has, or had, this value. */
    Optional<KeyName> otherWithValue(KeyName name, Fingerprint fingerprint) {
        return keys.values().stream().filter(key -> !key.name.equals(name))
                .filter(key -> key.state().withValue(fingerprint).isPresent()).map(key -> key.name).findFirst();
    }
}
