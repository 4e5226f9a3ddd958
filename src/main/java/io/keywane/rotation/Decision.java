package io.keywane.rotation;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What follows from a key's state and the evidence.
 *
 * @param next the state to make durable before anything is done
 * @param actions the effects to try after that, in order
 */
public record Decision(KeyState next, List<Action> actions) {
    public Decision {
        requireNonNull(next, "next is null");
        actions = List.copyOf(actions);
    }
}
