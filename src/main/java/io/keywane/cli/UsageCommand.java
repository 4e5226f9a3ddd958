package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.UsageTable;
import io.keywane.control.UseSeriesTable;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.concurrent.Callable;

/** {@code usage}: how much others used a key, over time. */
@Command(name = "usage", header = "Show how much others used a key over time.", mixinStandardHelpOptions = true,
        footer = {
            "", "Example:", "  $ keywane usage search-production --since 24h",
            "  $ keywane usage search-production --plot",
            "Counts are bounds: 100-120 means at least 100, at most 120. A dot means: not observed."})
final class UsageCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final ReadingOptions reading;

    @Option(names = "--since", paramLabel = "DURATION", converter = Durations.class,
            description = "How far back (default: 24h).")
    private Duration since = Duration.ofHours(24);

    @Option(names = "--plot", description = "Draw the use step by step, with what is usual and the incidents.")
    private boolean plot;

    @Option(names = "--buckets", description = "Show every span of time on a line of its own.")
    private boolean buckets;

    UsageCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        if (plot) {
            return reading.show(ControlRequest.of(Verb.USAGE_SERIES, key.name()).with(Argument.SINCE,
                    since.toString()), UseSeriesTable.class, UsePlotText::series);
        }
        ControlRequest request = ControlRequest.of(Verb.USAGE, key.name()).with(Argument.SINCE, since.toString());
        return reading.show(request, UsageTable.class, buckets ? UsageText::withBuckets : UsageText::groups);
    }
}
