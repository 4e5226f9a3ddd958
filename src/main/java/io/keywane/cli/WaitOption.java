package io.keywane.cli;

import io.keywane.control.ControlClient;
import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ExitCode;
import io.keywane.control.RotationStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.Optional;

/** {@code --wait DURATION}: stay until the rotation is over, tell its changes on standard error. */
final class WaitOption {
    private final CliContext context;

    @Option(names = "--wait", paramLabel = "DURATION", converter = Durations.class,
            description = "Stay until the rotation is over, at most so long (exit 8; the rotation goes on).")
    private @Nullable Duration longest;

    WaitOption(CliContext context) {
        this.context = context;
    }

    /** Waits if that was asked, prints how the rotation ended, and returns the exit code. */
    int await(int exit, ControlClient client, OutputOption output, String key) {
        if (longest == null || exit != ExitCode.DONE.number()) {
            return exit;
        }
        try (Detachment _ = Detachment.announce(context, key)) {
            RotationStatus end = new RotationWatcher(context, client, key).watch(Optional.of(longest), this::tell)
                    .orElseThrow(() -> timedOut(key));
            output.printLine(end, context.style());
            return RotationWatcher.exitCode(end, context);
        }
    }

    private void tell(ControlReply reply) {
        context.err().println(RotationText.change(reply.resultAs(RotationStatus.class), context.style()));
    }

    private static ControlException timedOut(String key) {
        return new ControlException(ExitCode.WAIT_TIMED_OUT, "the wait is over, the rotation of " + key + " is not: it"
                + " goes on", "look: keywane rotation status " + key);
    }
}
