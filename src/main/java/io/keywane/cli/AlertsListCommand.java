package io.keywane.cli;

import io.keywane.control.AlertList;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code alerts list}: what fires now. */
@Command(name = "list", header = "List the alerts that fire now.", mixinStandardHelpOptions = true, footer = {"",
    "Example:", "  $ keywane alerts list"})
final class AlertsListCommand implements Callable<Integer> {
    @Mixin
    private final ReadingOptions reading;

    AlertsListCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        return reading.show(ControlRequest.of(Verb.ALERTS_LIST), AlertList.class, WatchText::alerts);
    }
}
