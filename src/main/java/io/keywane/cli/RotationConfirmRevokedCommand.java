package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code rotation confirm-revoked}: has the daemon prove that a flagged key is refused. */
@Command(name = "confirm-revoked", header = "Say that the old key was revoked; the daemon proves it.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane rotation confirm-revoked search-production",
            "  $ keywane rotation confirm-revoked search-production --key-version 0a1b2c3d",
            "Irreversible once the API refuses the key."})
final class RotationConfirmRevokedCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final PlannedOptions change;

    @Option(names = "--key-version", paramLabel = "ID",
            description = "The version that was revoked, if several are leaving: its first eight digits.")
    private @Nullable String version;

    RotationConfirmRevokedCommand(CliContext context) {
        this.change = new PlannedOptions(context);
    }

    @Override
    public Integer call() {
        ControlRequest request = ControlRequest.of(Verb.ROTATION_CONFIRM_REVOKED, key.name());
        if (version != null) {
            request = request.with(Argument.VERSION, version);
        }
        return change.perform(request);
    }
}
