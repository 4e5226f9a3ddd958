package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code rotation rollback}: puts the old key back after promotion. */
@Command(name = "rollback",
        header = "Put the old key back, if the API still accepts it; also after the rotation is over.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane rotation rollback search-production --reason \"403 on feed\" --yes",
            "Undo: begin a new rotation with keywane rotation start search-production"})
final class RotationRollbackCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final PlannedOptions change;

    @Mixin
    private final Confirmation confirmation;

    RotationRollbackCommand(CliContext context) {
        this.change = new PlannedOptions(context);
        this.confirmation = new Confirmation(context);
    }

    @Override
    public Integer call() {
        confirmation.confirm(change, "Put the old key of " + key.name() + " back");
        return change.perform(ControlRequest.of(Verb.ROTATION_ROLLBACK, key.name()));
    }
}
