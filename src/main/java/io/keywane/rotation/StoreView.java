package io.keywane.rotation;

import io.keywane.key.VersionId;

import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What a store holds of one key, without values.
 *
 * @param revision names the state for compare-and-set: another after each change, 0 where there is nothing
 * @param current the version that consumers read
 * @param held every version in custody, the current one included
 * @param flagged the held versions that are marked "revoke me"
 */
public record StoreView(long revision, Optional<VersionId> current, Set<VersionId> held, Set<VersionId> flagged) {
    public StoreView {
        requireNonNull(current, "current is null");
        held = Set.copyOf(held);
        flagged = Set.copyOf(flagged);
        if (current.isPresent() && !held.contains(current.get())) {
            throw new IllegalArgumentException("the current version is not among the held ones");
        }
    }

    /** Why it is not as we left it, while no rotation is open to deal with that; empty where it is. */
    public Optional<Reason> foreign(KeyState state) {
        if (state.openRotation().isPresent()) {
            return Optional.empty();
        }
        if (isAheadOf(state)) {
            return Optional.of(Reason.STATE_BEHIND);
        }
        boolean other = state.current().isPresent() && !current.equals(state.current().map(KeyVersion::id));
        return other ? Optional.of(Reason.FOREIGN_CHANGE) : Optional.empty();
    }

    /** Whether it holds versions that the state does not know, beside one that others made current. */
    public boolean isAheadOf(KeyState state) {
        return held.stream().filter(id -> !current.equals(Optional.of(id)))
                .anyMatch(id -> state.version(id).isEmpty());
    }
}
