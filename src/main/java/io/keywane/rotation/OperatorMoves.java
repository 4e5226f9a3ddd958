package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;

import java.util.Optional;

/**
 * What operators may do to a key's state: pure, each move returns the state after it or refuses with the way out. What
 * follows from the move is decided by {@link Decider} like everything else.
 */
public final class OperatorMoves {
    private OperatorMoves() {}

    /**
     * Opens a rotation. In an emergency one that is open and has not promoted yet becomes urgent instead; one that has must
     * be {@link #superseded} before.
     */
    public static KeyState start(KeyState state, String id, Trigger trigger, Moment now) {
        Optional<Rotation> open = state.openRotation();
        if (open.isEmpty()) {
            Rotation opened = Rotation.open(id, trigger, started(trigger), state.current().map(KeyVersion::id), now);
            return state.opening(opened);
        }
        if (trigger != Trigger.EMERGENCY || !open.get().canBecomeUrgent()) {
            throw new RefusedException("a rotation of " + state.key() + " is open already, in " + open.get().state(),
                    "see `keywane rotation status " + state.key() + "`; after a leak: `keywane rotation start "
                            + state.key() + " --emergency --reason TEXT`");
        }
        return state.with(open.get().change().urgent().build());
    }

    private static Reason started(Trigger trigger) {
        return switch (trigger) {
            case OPERATOR -> Reason.STARTED_BY_OPERATOR;
            case AGE -> Reason.STARTED_BY_AGE;
            case EMERGENCY -> Reason.STARTED_FOR_EMERGENCY;
            case ADOPTION -> Reason.STARTED_FOR_ADOPTION;
            case ROLLBACK -> Reason.STARTED_FOR_ROLLBACK;
        };
    }

    /** An emergency takes the place of a rotation that can bring no new key any more; any other state stays as it is. */
    public static KeyState superseded(KeyState state, Moment now) {
        return state.openRotation().filter(open -> !open.canBecomeUrgent())
                .map(open -> withoutVerified(state, open.newVersion(), now).with(open.change()
                        .to(RotationState.SUPERSEDED, Reason.SUPERSEDED_BY_EMERGENCY, now).build()))
                .orElse(state);
    }

    private static KeyState withoutVerified(KeyState state, Optional<VersionId> id, Moment now) {
        return id.flatMap(state::version).filter(version -> version.stage() == Stage.VERIFIED)
                .map(version -> state.with(version.id(), v -> v.to(Stage.RETIRING, Reason.NOT_CHOSEN, now)))
                .orElse(state);
    }

    /**
     * Ends the rotation that stands in the way of an adoption; its new key leaves, unless that is the one to be adopted.
     *
     * @param served what consumers read now, by the version that its value has here
     */
    public static KeyState cleared(KeyState state, VersionId served, Moment now) {
        boolean known = state.current().filter(current -> current.id().equals(served)).isPresent();
        Optional<Rotation> open = state.openRotation();
        if (known && open.isEmpty()) {
            throw new RefusedException("the store serves the key of " + state.key() + " that is known",
                    "there is nothing to adopt");
        }
        state.version(served).filter(version -> version.stage() == Stage.REVOKED).ifPresent(version -> {
            throw new RefusedException("the store serves version " + version.id().brief() + " of " + state.key()
                    + ", which is revoked", "put the current key back in the store with the store's own tools");
        });
        if (open.isEmpty()) {
            return state;
        }
        boolean ours = known || open.get().newVersion().equals(Optional.of(served));
        // An older state may wait for the very key that the store serves already: to it that is a foreign change.
        boolean isStrange = open.get().reason() == Reason.STATE_BEHIND || open.get().reason() == Reason.FOREIGN_CHANGE;
        if (ours && !isStrange && open.get().trigger() != Trigger.ADOPTION) {
            throw new RefusedException("nobody else changed the key of " + state.key() + " in the store",
                    "see `keywane rotation status " + state.key() + "`");
        }
        KeyState leaving = withoutVerified(state, open.get().newVersion().filter(id -> !id.equals(served)), now);
        return leaving.with(open.get().change()
                .to(RotationState.SUPERSEDED, Reason.SUPERSEDED_BY_ADOPTION, now).build());
    }

    /** Opens the adoption of what consumers read; nothing to open where that is the current key already. */
    public static KeyState adopt(KeyState state, String id, KeyVersion served, Moment now) {
        KeyState known = state.version(served.id()).isPresent()
                ? state.with(served.id(), KeyVersion::seenServed)
                : state.adding(served.seenServed());
        if (known.current().filter(current -> current.id().equals(served.id())).isPresent()) {
            return known;
        }
        Rotation opened = Rotation.open(id, Trigger.ADOPTION, Reason.STARTED_FOR_ADOPTION,
                known.current().map(KeyVersion::id), now);
        return known.opening(opened.change().newVersion(served.id()).build());
    }

    /** Takes in versions that the store holds and the state has forgotten: live keys that must be watched out. */
    public static KeyState remember(KeyState state, KeyVersion forgotten, Moment now) {
        return state.version(forgotten.id()).isPresent()
                ? state
                : state.adding(forgotten.seenServed().to(Stage.RETIRING, Reason.NOT_CHOSEN, now));
    }

    /** Records that a new key is about to be stored; it counts as supplied once the store is seen to hold it. */
    public static KeyState supply(KeyState state, KeyVersion candidate) {
        Rotation open = open(state);
        if (open.state() != RotationState.AWAITING_KEY) {
            throw new RefusedException("the rotation of " + state.key() + " is in " + open.state()
                    + " and takes no key", "see `keywane rotation status " + state.key() + "`");
        }
        state.withValue(candidate.fingerprint()).filter(known -> !known.id().equals(candidate.id())
                || known.stage() != Stage.CANDIDATE).ifPresent(known -> {
                    throw new RefusedException(switch (known.stage()) {
                        case CURRENT -> "this is the current key of " + state.key() + ", the same as the old one";
                        case REVOKED -> "this key is retired: it was version " + known.id().brief() + " of "
                                + state.key() + " and is revoked";
                        case CANDIDATE, VERIFIED, RETIRING, DRAINED, FLAGGED ->
                            "this key was taken in before as version "
                                    + known.id().brief() + ", now " + known.stage();
                    }, "create a new key in the vendor's dashboard and supply that");
                });
        // A candidate that an earlier try named stays: should the store turn out to hold it, it has to be revoked.
        KeyState known = state.version(candidate.id()).isPresent()
                ? state.with(candidate.id(), former -> candidate)
                : state.adding(candidate);
        return known.with(open.change().newVersion(candidate.id()).build());
    }

    /** Approves the promotion that is to come. */
    public static KeyState approve(KeyState state, String actor) {
        Rotation open = open(state);
        requireBeforePromotion(state, open, "approved");
        return state.with(open.change().approvedBy(actor).build());
    }

    /** Stops the rotation where it is. */
    public static KeyState pause(KeyState state) {
        return state.with(open(state).change().paused(true).build());
    }

    /** Lets it go on; a rollback that could not be done is dropped. */
    public static KeyState resume(KeyState state) {
        Rotation open = open(state);
        boolean stopped = open.paused() || (open.state() == RotationState.PARKED && open.rollback());
        if (!stopped) {
            throw new RefusedException("the rotation of " + state.key() + " is not paused",
                    open.state() == RotationState.PARKED
                            ? "it goes on by itself when this ends: " + open.reason().sentence()
                            : "see `keywane rotation status " + state.key() + "`");
        }
        return state.with(open.paused()
                ? open.change().paused(false).build()
                : open.change().rollback(false).build());
    }

    /** Ends the rotation before promotion; the new key is watched until it is revoked. */
    public static KeyState abort(KeyState state, Optional<VersionId> served, Moment now) {
        Rotation open = open(state);
        requireBeforePromotion(state, open, "aborted");
        if (open.newVersion().isPresent() && served.equals(open.newVersion())) {
            throw new RefusedException("the store already serves the new key of " + state.key(),
                    "put the old one back with `keywane rotation rollback " + state.key() + "`");
        }
        boolean inCustody = open.newVersion().flatMap(state::version).isPresent()
                && open.place() != RotationState.AWAITING_KEY;
        KeyState leaving = !inCustody
                ? state
                : state.with(open.newVersion().get(), v -> v.leaving(Reason.ABORTED_BY_OPERATOR, now));
        return leaving.with(open.change().to(RotationState.ABORTED, Reason.ABORTED_BY_OPERATOR, now).build());
    }

    /** Asks for the old key back: during a rotation that has promoted, or after it as a rotation of its own. */
    public static KeyState rollback(KeyState state, String id, Moment now) {
        Optional<Rotation> open = state.openRotation();
        if (open.isEmpty()) {
            return rollbackAfter(state, id, now);
        }
        boolean adopted = open.get().trigger() == Trigger.ADOPTION && open.get().place() != RotationState.AWAITING_KEY;
        if (!open.get().isPromoted() && !adopted) {
            throw new RefusedException("the rotation of " + state.key() + " is in " + open.get().state()
                    + ", so nothing was promoted", "end it with `keywane rotation abort " + state.key() + "`");
        }
        requireOldKey(state, open.get());
        return state.with(open.get().change().rollback(true).build());
    }

    private static KeyState rollbackAfter(KeyState state, String id, Moment now) {
        Rotation last = state.rotation().orElseThrow(() -> noRotation(state));
        boolean finished = last.state() == RotationState.FLAGGED
                && last.newVersion().equals(state.current().map(KeyVersion::id));
        if (!finished) {
            throw noRotation(state);
        }
        requireOldKey(state, last);
        Rotation back = Rotation.open(id, Trigger.ROLLBACK, Reason.STARTED_FOR_ROLLBACK, last.newVersion(), now);
        return state.opening(back.change().newVersion(last.oldVersion().orElseThrow()).build());
    }

    private static void requireOldKey(KeyState state, Rotation rotation) {
        if (rotation.oldVersion().isEmpty()) {
            throw new RefusedException("there is no old key of " + state.key() + " to put back",
                    "start a rotation with `keywane rotation start " + state.key() + "`");
        }
        if (rotation.oldVersion().flatMap(state::version).filter(old -> old.stage() == Stage.REVOKED).isPresent()) {
            throw new RefusedException("the old key of " + state.key() + " is revoked and cannot be put back",
                    "once this rotation is over, start another with `keywane rotation start " + state.key() + "`");
        }
    }

    /** A named person accepts that a gate is not proven, for the versions of the latest rotation. */
    public static KeyState waive(KeyState state, Waiver waiver) {
        Rotation rotation = state.rotation().orElseThrow(() -> noRotation(state));
        boolean concerned = waiver.version().isPresent()
                ? state.leaving().stream().anyMatch(version -> version.id().equals(waiver.version().get()))
                : !rotation.state().isTerminal()
                        || state.leaving().stream().anyMatch(version -> rotation.concerns(version.id()));
        if (!concerned) {
            throw new RefusedException("no version of " + state.key() + " waits at a gate",
                    "see `keywane rotation status " + state.key() + "`");
        }
        boolean repeated = rotation.waivers().stream().anyMatch(
                known -> known.gate() == waiver.gate() && known.version().equals(waiver.version()));
        return repeated ? state : state.with(rotation.change().waive(waiver).build());
    }

    private static void requireBeforePromotion(KeyState state, Rotation open, String done) {
        RotationState where = open.place();
        boolean before = where == RotationState.AWAITING_KEY || where == RotationState.STAGED
                || where == RotationState.VERIFIED;
        if (!before) {
            throw new RefusedException("the rotation of " + state.key() + " is in " + open.state()
                    + " and can no longer be " + done,
                    "put the old key back with `keywane rotation rollback "
                            + state.key() + "`");
        }
    }

    private static Rotation open(KeyState state) {
        return state.openRotation().orElseThrow(() -> noRotation(state));
    }

    private static RefusedException noRotation(KeyState state) {
        return new RefusedException("no rotation of " + state.key() + " is open",
                "start one with `keywane rotation start " + state.key() + "`");
    }
}
