package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code rotation pause}: stops the rotation where it is. */
@Command(name = "pause", header = "Pause the rotation; nothing is promoted or flagged meanwhile.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane rotation pause search-production --reason \"deployment freeze\"",
            "Undo: keywane rotation resume search-production"})
final class RotationPauseCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final PlannedOptions change;

    RotationPauseCommand(CliContext context) {
        this.change = new PlannedOptions(context);
    }

    @Override
    public Integer call() {
        return change.perform(ControlRequest.of(Verb.ROTATION_PAUSE, key.name()));
    }
}
