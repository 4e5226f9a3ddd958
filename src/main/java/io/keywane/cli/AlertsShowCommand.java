package io.keywane.cli;

import io.keywane.control.AlertDetail;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code alerts show}: one alert or incident, with the series that shows it. */
@Command(name = "show", header = "Show one alert or incident, with a plot of the use that it is about.",
        mixinStandardHelpOptions = true, footer = {"", "Example:", "  $ keywane alerts show x7k2mqp",
            "An incident can be shown after it is over, too: keywane usage KEY --plot lists them."})
final class AlertsShowCommand implements Callable<Integer> {
    @Mixin
    private final AlertIdArgument alert = new AlertIdArgument();

    @Mixin
    private final ReadingOptions reading;

    AlertsShowCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        return reading.show(alert.request(Verb.ALERTS_SHOW), AlertDetail.class, UsePlotText::detail);
    }
}
