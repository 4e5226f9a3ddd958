package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One replacement of a managed key's value, from its opening to the flag on the old value.
 *
 * @param id identity
 * @param trigger what opened it
 * @param state where it stands
 * @param reason why it stands there
 * @param began when it was opened
 * @param since when it came into this state
 * @param oldVersion the version that was current when it began; empty for the first key of a name
 * @param newVersion the version supplied, once there is one
 * @param promoted when the store was first seen to serve the new version
 * @param published when consumers could first read the new version
 * @param approvedBy who approved the promotion
 * @param paused whether an operator stopped it
 * @param rollback whether an operator asked for the old version back
 * @param parkedFrom the state to go on from when it is no longer parked
 * @param waivers the gates that named persons accepted as not proven
 */
public record Rotation(
        String id,
        Trigger trigger,
        RotationState state,
        Reason reason,
        Moment began,
        Moment since,
        Optional<VersionId> oldVersion,
        Optional<VersionId> newVersion,
        Optional<Moment> promoted,
        Optional<Moment> published,
        Optional<String> approvedBy,
        boolean paused,
        boolean rollback,
        Optional<RotationState> parkedFrom,
        List<Waiver> waivers) {
    public Rotation {
        requireNonNull(id, "id is null");
        requireNonNull(trigger, "trigger is null");
        requireNonNull(state, "state is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(began, "began is null");
        requireNonNull(since, "since is null");
        requireNonNull(oldVersion, "oldVersion is null");
        requireNonNull(newVersion, "newVersion is null");
        requireNonNull(promoted, "promoted is null");
        requireNonNull(published, "published is null");
        requireNonNull(approvedBy, "approvedBy is null");
        requireNonNull(parkedFrom, "parkedFrom is null");
        waivers = List.copyOf(waivers);
        if (parkedFrom.isPresent() != (state == RotationState.PARKED)) {
            throw new IllegalArgumentException("a rotation names where it was parked from exactly while it is parked");
        }
    }

    /** A rotation just opened, waiting for the new key. */
    public static Rotation open(String id, Trigger trigger, Reason reason, Optional<VersionId> current, Moment now) {
        return new Rotation(id, trigger, RotationState.AWAITING_KEY, reason, now, now, current, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), false, false, Optional.empty(), List.of());
    }

    /** Whether a gate was waived for a version. */
    public boolean isWaived(Gate gate, VersionId version) {
        return waivers.stream().filter(waiver -> waiver.gate() == gate)
                .anyMatch(waiver -> waiver.version().map(version::equals).orElse(concerns(version)));
    }

    /** Whether a version is the one that it replaces, or the one that it brings. */
    public boolean concerns(VersionId version) {
        return oldVersion.equals(Optional.of(version)) || newVersion.equals(Optional.of(version));
    }

    /** Where it stands; for a parked one, where it will go on. */
    public RotationState place() {
        return parkedFrom.orElse(state);
    }

    /** Whether it brings a new key to replace a leaked one with, and has not promoted it yet. */
    boolean canBecomeUrgent() {
        return !isPromoted() && trigger != Trigger.ADOPTION && trigger != Trigger.ROLLBACK;
    }

    /** Whether the store was seen to serve the new key. */
    public boolean isPromoted() {
        return place() == RotationState.PROMOTED || place() == RotationState.DRAINING;
    }

    /** A copy to change. */
    public RotationBuilder change() {
        return new RotationBuilder(this);
    }
}
