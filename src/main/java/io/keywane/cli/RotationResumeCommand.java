package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code rotation resume}: lets a paused or parked rotation go on. */
@Command(name = "resume", header = "Let a paused or parked rotation go on.", mixinStandardHelpOptions = true, footer = {
    "", "Example:", "  $ keywane rotation resume search-production", "Undo: keywane rotation pause search-production"})
final class RotationResumeCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final PlannedOptions change;

    RotationResumeCommand(CliContext context) {
        this.change = new PlannedOptions(context);
    }

    @Override
    public Integer call() {
        return change.perform(ControlRequest.of(Verb.ROTATION_RESUME, key.name()));
    }
}
