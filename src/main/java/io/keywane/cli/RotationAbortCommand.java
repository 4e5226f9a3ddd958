package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code rotation abort}: ends a rotation before promotion. */
@Command(name = "abort", header = "End the rotation before promotion; the current key stays.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane rotation abort search-production --reason \"wrong key\" --yes",
            "Irreversible: the new key drains and is flagged; begin again with rotation start."})
final class RotationAbortCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final PlannedOptions change;

    @Mixin
    private final Confirmation confirmation;

    RotationAbortCommand(CliContext context) {
        this.change = new PlannedOptions(context);
        this.confirmation = new Confirmation(context);
    }

    @Override
    public Integer call() {
        confirmation.confirm(change, "End the rotation of " + key.name());
        return change.perform(ControlRequest.of(Verb.ROTATION_ABORT, key.name()));
    }
}
