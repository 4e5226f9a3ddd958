package io.keywane.control;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A request that cannot be carried out or answered, with the exit code and the way out.
 *
 * <p>Neither the message nor a cause repeats what was received: a key may have been pasted there.
 */
public final class ControlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exit;
    private final String hint;

    /**
     * @param exit how the command ends
     * @param message what is wrong
     * @param hint what to do about it; may be empty
     */
    public ControlException(ExitCode exit, String message, String hint) {
        super(requireNonNull(message, "message is null"));
        this.exit = requireNonNull(exit, "exit is null");
        this.hint = requireNonNull(hint, "hint is null");
    }

    /** How the command ends. */
    public ExitCode exit() {
        return exit;
    }

    /** The same as it travels in a reply. */
    public ControlError error() {
        return new ControlError(requireNonNull(getMessage()), hint.isEmpty() ? Optional.empty() : Optional.of(hint));
    }
}
