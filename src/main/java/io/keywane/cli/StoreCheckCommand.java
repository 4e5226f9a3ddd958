package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.DoctorReport;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code store check}: whether the daemon may do in its stores what it needs to, and no more. */
@Command(name = "check", header = "Try what the daemon may do in its stores; nothing is changed.",
        mixinStandardHelpOptions = true, footer = {
            "", "Says which rights are missing, which are too many, and what cannot be seen from here.", "",
            "Example:", "  $ keywane store check", "  $ keywane store check vault --output json",
            "Ends with 3 if there is a problem."})
final class StoreCheckCommand implements Callable<Integer> {
    @Mixin
    private final ReadingOptions reading;

    @Parameters(paramLabel = "NAME", arity = "0..1",
            description = "A store of the configuration, or file for the embedded one. Default: all.")
    private String name = "";

    StoreCheckCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        ControlRequest all = ControlRequest.of(Verb.STORE_CHECK);
        return reading.show(name.isEmpty() ? all : all.with(Argument.STORE, name), DoctorReport.class,
                WatchText::doctor);
    }
}
