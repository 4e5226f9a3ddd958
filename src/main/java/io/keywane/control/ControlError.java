package io.keywane.control;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Why a request was not done.
 *
 * @param message names the thing and the broken rule
 * @param hint the way out, often a command to type
 */
public record ControlError(String message, Optional<String> hint) {
    public ControlError {
        requireNonNull(message, "message is null");
        requireNonNull(hint, "hint is null");
    }
}
