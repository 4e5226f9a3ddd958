package io.keywane.control;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a changing verb would do; nothing of it was done.
 *
 * @param key the managed key
 * @param verb the verb, as in the audit
 * @param plan the plan's id: with it the verb is carried out only while the plan fits
 * @param now where the rotation stands, one sentence
 * @param rotationState the rotation's state now, lower case; empty where there is none
 * @param storeRevision the revision of the store that the plan rests on; empty where the store cannot be read
 * @param steps what would happen at once, in order
 * @param consumers what consumers read, and from when on they would read another key
 * @param next what would be waited for then
 * @param nextState the rotation's state then
 * @param undo how to take it back
 * @param carryOut the command that carries it out, without what was left out here, such as the key value
 * @param warnings what the operator should look at
 */
public record PlanResult(
        String key,
        String verb,
        String plan,
        String now,
        Optional<String> rotationState,
        Optional<Long> storeRevision,
        List<Step> steps,
        List<String> consumers,
        String next,
        Optional<String> nextState,
        String undo,
        String carryOut,
        List<String> warnings) implements ControlResult {
    public PlanResult {
        requireNonNull(key, "key is null");
        requireNonNull(verb, "verb is null");
        requireNonNull(plan, "plan is null");
        requireNonNull(now, "now is null");
        requireNonNull(rotationState, "rotationState is null");
        requireNonNull(storeRevision, "storeRevision is null");
        steps = List.copyOf(steps);
        consumers = List.copyOf(consumers);
        requireNonNull(next, "next is null");
        requireNonNull(nextState, "nextState is null");
        requireNonNull(undo, "undo is null");
        requireNonNull(carryOut, "carryOut is null");
        warnings = List.copyOf(warnings);
    }

    /**
     * One thing that would happen.
     *
     * @param on {@code rotation}, {@code version}, {@code store}, {@code host}, {@code evidence} or {@code api}
     * @param text one sentence
     * @param from the former state or stage, if it is a move
     * @param to the state or stage after it, if it is a move
     * @param reason the reason's word, if it is a move
     * @param version the first digits of the version that it concerns, if it concerns one
     */
    public record Step(
            String on,
            String text,
            Optional<String> from,
            Optional<String> to,
            Optional<String> reason,
            Optional<String> version) {
        public Step {
            requireNonNull(on, "on is null");
            requireNonNull(text, "text is null");
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(version, "version is null");
        }
    }
}
