package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;

import java.util.List;
import java.util.Optional;

/**
 * What operators may do to a key's state: pure, each move returns the state after it or refuses with the way out. What
 * follows from the move is decided by {@link Decider} like everything else.
 */
public final class OperatorMoves {
    private OperatorMoves() {}

    /** Opens a rotation. */
    public static KeyState start(KeyState state, String id, Trigger trigger, Moment now) {
        state.openRotation().ifPresent(open -> {
            throw new RefusedException("a rotation of " + state.key() + " is open already, in " + open.state(),
                    "see `keywane rotation status " + state.key() + "`");
        });
        Reason reason = switch (trigger) {
            case OPERATOR -> Reason.STARTED_BY_OPERATOR;
            case AGE -> Reason.STARTED_BY_AGE;
            case EMERGENCY -> Reason.STARTED_FOR_EMERGENCY;
        };
        return state.with(Rotation.open(id, trigger, reason, state.current().map(KeyVersion::id), now));
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
                    throw new RefusedException(known.stage() == Stage.CURRENT
                            ? "this is the current key of " + state.key()
                            : "this key was taken in before as version " + known.id().brief() + ", now "
                                    + known.stage(),
                            "create a new key in the vendor's dashboard and supply that");
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
                && open.parkedFrom().orElse(open.state()) != RotationState.AWAITING_KEY;
        KeyState leaving = !inCustody
                ? state
                : state.with(open.newVersion().get(), v -> v.to(Stage.RETIRING, Reason.ABORTED_BY_OPERATOR, now));
        return leaving.with(open.change().to(RotationState.ABORTED, Reason.ABORTED_BY_OPERATOR, now).build());
    }

    /** Asks for the old key back after promotion. */
    public static KeyState rollback(KeyState state) {
        Rotation open = open(state);
        RotationState where = open.parkedFrom().orElse(open.state());
        if (where != RotationState.PROMOTED && where != RotationState.DRAINING) {
            throw new RefusedException("the rotation of " + state.key() + " is in " + open.state()
                    + ", so nothing was promoted", "end it with `keywane rotation abort " + state.key() + "`");
        }
        if (open.oldVersion().isEmpty()) {
            throw new RefusedException("there is no old key of " + state.key() + " to put back",
                    "start a rotation with `keywane rotation start " + state.key() + "`");
        }
        if (open.oldVersion().flatMap(state::version).filter(old -> old.stage() == Stage.REVOKED).isPresent()) {
            throw new RefusedException("the old key of " + state.key() + " is revoked and cannot be put back",
                    "once this rotation is over, start another with `keywane rotation start " + state.key() + "`");
        }
        return state.with(open.change().rollback(true).build());
    }

    /** A named person accepts that a gate is not proven, for the versions of the latest rotation. */
    public static KeyState waive(KeyState state, Waiver waiver) {
        Rotation rotation = state.rotation().orElseThrow(() -> noRotation(state));
        List<VersionId> leaving = state.leaving().stream().map(KeyVersion::id).toList();
        boolean concerned = !rotation.state().isTerminal()
                || rotation.oldVersion().filter(leaving::contains).isPresent()
                || rotation.newVersion().filter(leaving::contains).isPresent();
        if (!concerned) {
            throw new RefusedException("no version of " + state.key() + " waits at a gate",
                    "see `keywane rotation status " + state.key() + "`");
        }
        return state.with(rotation.change().waive(waiver).build());
    }

    private static void requireBeforePromotion(KeyState state, Rotation open, String done) {
        RotationState where = open.parkedFrom().orElse(open.state());
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
