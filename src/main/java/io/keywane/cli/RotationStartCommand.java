package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code rotation start}: opens a rotation. */
@Command(name = "start", header = "Begin a rotation: the daemon then waits for the new key.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane rotation start search-production --reason yearly",
            "  $ keywane rotation start search-production --emergency --reason \"leaked in a log\" --yes",
            "  $ keywane rotation start search-production --dry-run",
            "Undo: keywane rotation abort search-production"})
final class RotationStartCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final PlannedOptions change;

    @Mixin
    private final Confirmation confirmation;

    @Mixin
    private final WaitOption wait;

    @Option(names = "--emergency",
            description = "The key has leaked: skip the quiet period, never the proof of the new key. At any time: an open rotation becomes urgent, or is superseded after promotion.")
    private boolean emergency;

    RotationStartCommand(CliContext context) {
        this.change = new PlannedOptions(context);
        this.confirmation = new Confirmation(context);
        this.wait = new WaitOption(context);
    }

    @Override
    public Integer call() {
        ControlRequest request = ControlRequest.of(Verb.ROTATION_START, key.name());
        if (emergency) {
            confirmation.confirm(change, "Begin an emergency rotation of " + key.name());
            request = request.with(Argument.EMERGENCY, "true");
        }
        int exit = change.perform(request);
        return change.isDryRun() ? exit : wait.await(exit, change.daemon().client(), change.output(), key.name());
    }
}
