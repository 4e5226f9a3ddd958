package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.RotationStatus;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code rotation status}: where it stands, what it waits for, what to type. */
@Command(name = "status", header = "Show where a rotation stands and what it waits for.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane rotation status search-production --explain"})
final class RotationStatusCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final ReadingOptions reading;

    @Option(names = "--explain", description = "Show the evidence for each group, and what is assumed.")
    private boolean explain;

    RotationStatusCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        return reading.show(ControlRequest.of(Verb.ROTATION_STATUS, key.name()), RotationStatus.class,
                explain ? RotationText::explained : RotationText::status);
    }
}
