package io.keywane.rotation;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/**
 * Decides what becomes of one key: pure, so that a simulation can run it a million times.
 *
 * <p>First the rotation that occupies the key, then each version on its way out. One call takes one step; the runner calls
 * again until nothing changes. Everything is decided from what is observed, so a repeat after a crash comes to the same.
 */
public final class Decider {
    private Decider() {}

    /**
     * One step.
     *
     * @param newRotationId gives the identity of a rotation that this step may open
     */
    public static Decision decide(
            KeyState state,
            Evidence evidence,
            RotationPolicy policy,
            Moment now,
            Supplier<String> newRotationId) {
        requireNonNull(state, "state is null");
        Step step = new Step(state, evidence, policy, now);
        RotationRules.apply(step, newRotationId);
        if (!step.isStateBehind()) {
            LeavingRules.apply(step);
            PublishRule.apply(step);
        }
        return step.decision();
    }

    /** The step under way: its inputs, and the state and actions as they grow. */
    static final class Step {
        final Evidence evidence;
        final RotationPolicy policy;
        final Moment now;
        /** The state before anything of this step was decided; the evidence was gathered for it. */
        final KeyState before;
        private KeyState state;
        private final List<Action> actions = new ArrayList<>();

        Step(KeyState state, Evidence evidence, RotationPolicy policy, Moment now) {
            this.before = state;
            this.state = state;
            this.evidence = requireNonNull(evidence, "evidence is null");
            this.policy = requireNonNull(policy, "policy is null");
            this.now = requireNonNull(now, "now is null");
        }

        KeyState state() {
            return state;
        }

        KeyName key() {
            return state.key();
        }

        void become(KeyState next) {
            state = next;
        }

        /**
         * Whether the store holds versions that the state does not know: the state is older than the store, as after a
         * restored backup, or somebody else's daemon is at work. Then nothing may be done but watch.
         */
        boolean isStateBehind() {
            return evidence.store().filter(view -> view.isAheadOf(before)).isPresent();
        }

        /** Whether the store was seen to serve what the state says. */
        boolean isServedAsKnown() {
            return evidence.store().filter(view -> view.current().equals(state.current().map(KeyVersion::id)))
                    .isPresent();
        }

        void park(Rotation rotation, Reason reason) {
            if (rotation.state() == RotationState.PARKED) {
                stay(rotation, reason);
                return;
            }
            become(state.with(rotation.change().to(RotationState.PARKED, reason, now).build()));
        }

        void stay(Rotation rotation, Reason reason) {
            if (rotation.reason() != reason) {
                become(state.with(rotation.change().because(reason).build()));
            }
        }

        void act(Action action) {
            if (!actions.contains(action)) {
                actions.add(action);
            }
        }

        Decision decision() {
            return new Decision(state, actions);
        }
    }
}
