package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.AuditLines;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code audit tail}: the last lines of the audit. */
@Command(name = "tail", header = "Show the last lines of the audit, oldest first.", mixinStandardHelpOptions = true,
        footer = {
            "", "Example:", "  $ keywane audit tail --lines 50"})
final class AuditTailCommand implements Callable<Integer> {
    @Mixin
    private final ReadingOptions reading;

    @Option(names = {"-n", "--lines"}, paramLabel = "COUNT", description = "How many (default: 20).")
    private int lines = 20;

    AuditTailCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        return reading.show(ControlRequest.of(Verb.AUDIT_TAIL).with(Argument.COUNT, Integer.toString(lines)),
                AuditLines.class, WatchText::audit);
    }
}
