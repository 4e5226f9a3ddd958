package io.keywane.control;

import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What the daemon answers: a result or an error.
 *
 * <p>A result may come with {@link ExitCode#PROBLEMS_FOUND}: the check was done and found problems.
 *
 * @param exit how the command ends
 * @param result the JSON of the result record, with its {@code version}
 * @param error why it was not done; present exactly where there is no result
 */
public record ControlReply(ExitCode exit, Optional<ObjectNode> result, Optional<ControlError> error) {
    public ControlReply {
        requireNonNull(exit, "exit is null");
        requireNonNull(result, "result is null");
        requireNonNull(error, "error is null");
        if (result.isPresent() == error.isPresent()) {
            throw new IllegalArgumentException("a reply has either a result or an error");
        }
        if (error.isPresent() && exit == ExitCode.DONE) {
            throw new IllegalArgumentException("a reply with an error cannot end with exit 0");
        }
    }

    /** Done. */
    public static ControlReply done(ControlResult result) {
        return with(ExitCode.DONE, result);
    }

    /** A result that ends with another code, as a check's that found problems. */
    public static ControlReply with(ExitCode exit, ControlResult result) {
        return new ControlReply(exit, Optional.of(WireJson.result(result)), Optional.empty());
    }

    /** Not done. */
    public static ControlReply failed(ExitCode exit, String message, String hint) {
        return failed(new ControlException(exit, message, hint));
    }

    /** Not done. */
    public static ControlReply failed(ControlException exception) {
        return new ControlReply(exception.exit(), Optional.empty(), Optional.of(exception.error()));
    }

    /**
     * The result as its record.
     *
     * @throws ControlException the error, if that is what the daemon answered; or if the result is of another version
     */
    public <T extends ControlResult> T resultAs(Class<T> type) {
        return WireJson.read(resultJson(), type);
    }

    /** The result as JSON, with its version; throws like {@link #resultAs}. */
    public ObjectNode resultJson() {
        return result.orElseThrow(
                () -> new ControlException(exit, error.orElseThrow().message(), error.get().hint().orElse("")));
    }
}
