package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * What a store that keeps its own books holds of one managed key. A change makes a new one with the next revision; one
 * that has happened already returns the same. The current version is held and never flagged; a released one never comes
 * back.
 *
 * @param <V> how the store keeps a value
 * @param store what the store is called in messages
 * @param revision 0 where nothing was ever stored
 * @param held the versions in custody
 * @param flagged those of them that are marked "revoke me"
 * @param released versions whose custody has ended
 */
record Custody<V>(
        String store,
        KeyName key,
        long revision,
        Optional<VersionId> current,
        SortedMap<VersionId, V> held,
        SortedSet<VersionId> flagged,
        SortedSet<VersionId> released) {
    Custody {
        requireNonNull(store, "store is null");
        requireNonNull(key, "key is null");
        requireNonNull(current, "current is null");
        held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
        flagged = Collections.unmodifiableSortedSet(new TreeSet<>(flagged));
        released = Collections.unmodifiableSortedSet(new TreeSet<>(released));
        boolean currentFits = current.isEmpty()
                || (held.containsKey(current.get()) && !flagged.contains(current.get()));
        boolean releasedAreGone = held.keySet().stream().noneMatch(Set.copyOf(released)::contains);
        if (revision < 0 || !currentFits || !releasedAreGone || !held.keySet().containsAll(flagged)) {
            throw new IllegalArgumentException("the versions of key " + key + " contradict each other");
        }
    }

    static <V> Custody<V> empty(String store, KeyName key) {
        return new Custody<>(store, key, 0, Optional.empty(), new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
    }

    StoreView view() {
        return new StoreView(revision, current, held.keySet(), flagged);
    }

    /** The value of a version. */
    V value(VersionId version) {
        V value = held.get(version);
        if (value == null) {
            throw notHeld(version);
        }
        return value;
    }

    Custody<V> stage(VersionId version, V value, long expectedRevision) {
        if (released.contains(version)) {
            throw conflict("version " + version.brief() + " was released and cannot come back: take the key in anew");
        }
        requireRevision(expectedRevision);
        SortedMap<VersionId, V> more = new TreeMap<>(held);
        more.put(version, value);
        return next(current, more, flagged, released);
    }

    Custody<V> promote(VersionId version, long expectedRevision) {
        requireHeld(version);
        if (current.equals(Optional.of(version))) {
            return this;
        }
        requireRevision(expectedRevision);
        return next(Optional.of(version), held, without(flagged, version), released);
    }

    Custody<V> mark(VersionId version, boolean flag, long expectedRevision) {
        requireHeld(version);
        if (flagged.contains(version) == flag) {
            return this;
        }
        if (current.equals(Optional.of(version))) {
            throw conflict("version " + version.brief() + " is what consumers read and must not be marked");
        }
        requireRevision(expectedRevision);
        return next(current, held, flag ? with(flagged, version) : without(flagged, version), released);
    }

    Custody<V> release(VersionId version, long expectedRevision) {
        if (released.contains(version)) {
            return this;
        }
        requireHeld(version);
        if (current.equals(Optional.of(version))) {
            throw conflict("version " + version.brief() + " is what consumers read and is never released");
        }
        requireRevision(expectedRevision);
        SortedMap<VersionId, V> fewer = new TreeMap<>(held);
        fewer.remove(version);
        return next(current, fewer, without(flagged, version), with(released, version));
    }

    private Custody<V> next(Optional<VersionId> newCurrent, SortedMap<VersionId, V> newHeld,
            SortedSet<VersionId> newFlagged, SortedSet<VersionId> newReleased) {
        return new Custody<>(store, key, revision + 1, newCurrent, newHeld, newFlagged, newReleased);
    }

    private void requireHeld(VersionId version) {
        if (!held.containsKey(version)) {
            throw notHeld(version);
        }
    }

    private StoreException notHeld(VersionId version) {
        String why = released.contains(version) ? "; it was released after its revocation" : "";
        return new StoreException(StoreFailure.Kind.NOT_FOUND,
                store + " holds no version " + version.brief() + " of key " + key + why);
    }

    private void requireRevision(long expected) {
        if (expected != revision) {
            throw conflict("its revision is " + revision + ", not " + expected + ": look again and decide anew");
        }
    }

    StoreException conflict(String what) {
        return new StoreException(StoreFailure.Kind.CONFLICT, "key " + key + " in " + store + ": " + what);
    }

    private static SortedSet<VersionId> with(Set<VersionId> set, VersionId version) {
        SortedSet<VersionId> more = new TreeSet<>(set);
        more.add(version);
        return more;
    }

    private static SortedSet<VersionId> without(Set<VersionId> set, VersionId version) {
        SortedSet<VersionId> fewer = new TreeSet<>(set);
        fewer.remove(version);
        return fewer;
    }
}
