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
        LeavingRules.apply(step);
        PublishRule.apply(step);
        return step.decision();
    }

    /** The step under way: its inputs, and the state and actions as they grow. */
    static final class Step {
        final Evidence evidence;
        final RotationPolicy policy;
        final Moment now;
        private KeyState state;
        private final List<Action> actions = new ArrayList<>();

        Step(KeyState state, Evidence evidence, RotationPolicy policy, Moment now) {
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
