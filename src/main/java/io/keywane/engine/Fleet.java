package io.keywane.engine;

import io.keywane.key.Fingerprint;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** All watchers, and what can only be said by looking at several keys at once. */
final class Fleet {
    private static final int RECENT_INTERVALS = 3;

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
     * What the API says of a version. A confirmed refusal stands only while some other version of the organisation is
     * accepted; else it may be the header that is stripped, and nothing follows.
     */
    Acceptance acceptance(KeyWatcher watcher, VersionId version, Moment now, Duration interval) {
        Optional<Acceptance> own = watcher.read(version, watch -> {
            if (watch.acceptance.isConfirmedRefused()) {
                return Acceptance.REFUSED;
            }
            if (watch.acceptance.isSuspected()) {
                return Acceptance.SUSPECTED;
            }
            return watch.acceptance.isAccepted() ? Acceptance.ACCEPTED : Acceptance.UNPROVEN;
        });
        Acceptance seen = own.orElse(Acceptance.UNPROVEN);
        if (seen != Acceptance.REFUSED) {
            return seen;
        }
        Duration recent = interval.multipliedBy(RECENT_INTERVALS);
        return isAnotherAccepted(watcher, version, now, recent) ? Acceptance.REFUSED : Acceptance.AMBIGUOUS;
    }

    private boolean isAnotherAccepted(KeyWatcher watcher, VersionId version, Moment now, Duration recent) {
        return keysOf(watcher.settings().organisation()).stream()
                .anyMatch(key -> key.state().probed().stream().filter(v -> !v.id().equals(version))
                        .anyMatch(v -> key.read(v.id(), w -> w.acceptance.isAccepted() && w.acceptance.lastAccepted()
                                .filter(at -> !now.isAtLeastAfter(at, recent)).isPresent()).orElse(false)));
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
