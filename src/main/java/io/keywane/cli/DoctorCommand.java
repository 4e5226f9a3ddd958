package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.DoctorReport;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code doctor}: the daemon examines itself and the API. */
@Command(name = "doctor", header = "Examine the daemon, its files and the way to the API.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane doctor", "Ends with 3 if there is a problem."})
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private final ReadingOptions reading;

    DoctorCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        return reading.show(ControlRequest.of(Verb.DOCTOR), DoctorReport.class, WatchText::doctor);
    }
}
