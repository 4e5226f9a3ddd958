package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code rotation waive}: a named person accepts a missing proof. */
@Command(name = "waive", header = "Accept by name, with a reason, that a gate is not proven.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane rotation waive search-production --gate quiet --reason \"idle key\" --yes",
            "Irreversible; it stands in the audit and in the evidence of the flag."})
final class RotationWaiveCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final PlannedOptions change;

    @Mixin
    private final Confirmation confirmation;

    @Option(names = "--gate", required = true, paramLabel = "GATE",
            description = "The gate: propagation, quiet, switch or wallet (see rotation status).")
    private String gate = "";

    @Option(names = "--key-version", paramLabel = "ID",
            description = "The leaving version, if several are leaving: its first eight digits.")
    private @Nullable String version;

    RotationWaiveCommand(CliContext context) {
        this.change = new PlannedOptions(context);
        this.confirmation = new Confirmation(context);
    }

    @Override
    public Integer call() {
        change.requireReason();
        confirmation.confirm(change, "Accept for " + key.name() + " that gate " + gate + " is not proven");
        ControlRequest request = ControlRequest.of(Verb.ROTATION_WAIVE, key.name()).with(Argument.GATE, gate);
        return change.perform(version == null ? request : request.with(Argument.VERSION, version));
    }
}
