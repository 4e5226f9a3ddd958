package io.keywane.control;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a changing verb has done.
 *
 * @param key the managed key
 * @param done what was done, one sentence
 * @param undo how to take it back: a command, or {@code irreversible}
 * @param rotationId the rotation it belongs to
 * @param rotationState that rotation's state afterwards, lower case
 * @param versionBrief the key version it took in or changed
 * @param requestId the request's id, as audited
 * @param repeated whether this id was done before, so that this is the first outcome told again
 * @param warnings what the operator should look at, such as an unfamiliar shape of the key
 */
public record MutationResult(
        String key,
        String done,
        String undo,
        Optional<String> rotationId,
        Optional<String> rotationState,
        Optional<String> versionBrief,
        Optional<String> requestId,
        boolean repeated,
        List<String> warnings) implements ControlResult {
    public MutationResult {
        requireNonNull(key, "key is null");
        requireNonNull(done, "done is null");
        requireNonNull(undo, "undo is null");
        requireNonNull(rotationId, "rotationId is null");
        requireNonNull(rotationState, "rotationState is null");
        requireNonNull(versionBrief, "versionBrief is null");
        requireNonNull(requestId, "requestId is null");
        warnings = List.copyOf(warnings);
    }
}
