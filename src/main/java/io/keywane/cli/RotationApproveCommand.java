package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code rotation approve}: lets the verified new key be promoted. */
@Command(name = "approve", header = "Approve the promotion of the verified new key.", mixinStandardHelpOptions = true,
        footer = {
            "", "Example:", "  $ keywane rotation approve search-production --reason \"change 4711\" --yes",
            "  $ keywane rotation approve search-production --dry-run",
            "  $ keywane rotation approve search-production --plan 0a1b2c3-4d5e6f7-0819202-1222324-2526272 --yes",
            "Undo: keywane rotation rollback search-production"})
final class RotationApproveCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final PlannedOptions change;

    @Mixin
    private final Confirmation confirmation;

    RotationApproveCommand(CliContext context) {
        this.change = new PlannedOptions(context);
        this.confirmation = new Confirmation(context);
    }

    @Override
    public Integer call() {
        confirmation.confirm(change, "Promote the new key of " + key.name());
        return change.perform(ControlRequest.of(Verb.ROTATION_APPROVE, key.name()));
    }
}
