package io.keywane.cli;

import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.MutationResult;
import io.keywane.key.KeyMaterial;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What every verb has that changes something: reason, request id, and the printing of what was done. */
class ChangeOptions {
    private final CliContext context;

    @Mixin
    private final DaemonOptions daemon;

    @Mixin
    private final OutputOption output;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit.")
    private @Nullable String reason;

    @Option(names = "--request-id", paramLabel = "ID",
            description = "Names this request: a repeat with the same id is done once (default: a new one).")
    private @Nullable String requestId;

    ChangeOptions(CliContext context) {
        this.context = context;
        this.daemon = new DaemonOptions(context);
        this.output = new OutputOption(context);
    }

    DaemonOptions daemon() {
        return daemon;
    }

    OutputOption output() {
        return output;
    }

    /** Throws unless a reason was given; for changes that set a safeguard aside. */
    void requireReason() {
        if (reason == null || reason.isBlank()) {
            throw new ControlException(ExitCode.USAGE, "this needs --reason TEXT: it stands in the audit", "");
        }
    }

    /** Asks the daemon to do it, prints what was done, and returns the exit code. */
    int perform(ControlRequest request) {
        return print(daemon.client().call(complete(request)));
    }

    /** The same with a key value. */
    int perform(ControlRequest request, KeyMaterial secret) {
        return print(daemon.client().call(complete(request), secret));
    }

    /** The request with what was given beside it. */
    ControlRequest complete(ControlRequest request) {
        String id = Optional.ofNullable(requestId).orElseGet(() -> UUID.randomUUID().toString());
        ControlRequest named = request.withRequestId(id);
        return reason == null ? named : named.withReason(reason);
    }

    /** Prints what came of it, and returns the exit code. */
    int print(ControlReply reply) {
        MutationResult result = reply.resultAs(MutationResult.class);
        warn(result.warnings());
        return output.print(reply, MutationResult.class, MutationText::lines);
    }

    final void warn(List<String> warnings) {
        warnings.forEach(warning -> context.err().println("warning: " + warning));
    }
}
