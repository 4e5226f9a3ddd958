package io.keywane.rotation;

import java.util.Set;

/**
 * Where a rotation stands. {@link Transitions} has the legal moves; a rotation that occupies its key is in
 * a state that is not {@link #isTerminal()}.
 */
public enum RotationState {
    /** Waits for a person (or an issuer) to supply the new key. */
    AWAITING_KEY,
    /** The new key is stored and read back; it is being proven. */
    STAGED,
    /** The new key was accepted by the API; waits for approval or a maintenance window, then is promoted. */
    VERIFIED,
    /** Consumers read the new key from the store; it is being published. */
    PROMOTED,
    /** The old key is watched until its silence is proven. */
    DRAINING,
    /** The old key may be revoked; a person is asked to. The rotation is over; the version's road goes on. */
    FLAGGED,
    /** The new key was refused or proven to be another kind of key. */
    REJECTED,
    /** Ended by an operator before promotion. */
    ABORTED,
    /** The old key was put back after promotion; the new one now drains. */
    ROLLED_BACK,
    /** Overtaken by an emergency rotation, or by the adoption of a key that others put into the store. */
    SUPERSEDED,
    /** Stopped for a reason that it names; goes on where it was when that ends. */
    PARKED;

    /** The states that may follow this one. */
    public Set<RotationState> successors() {
        return Transitions.after(this);
    }

    /** Whether the rotation is over, so that its key is free for the next one. */
    public boolean isTerminal() {
        return successors().isEmpty();
    }
}
