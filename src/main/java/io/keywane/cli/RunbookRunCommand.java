package io.keywane.cli;

import io.keywane.control.WireJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code runbook run}: the diagnosis of a page, without its changes. */
@Command(name = "run", header = "Run the diagnosis of a runbook; nothing is changed.",
        mixinStandardHelpOptions = true, footer = {
            "", "Only commands that look are run, for the KEY that is named or that the page's alert fires for. What",
            "helps is told, not done.", "", "Example:", "  $ keywane runbook run KeywaneKeyRejected",
            "  $ keywane runbook run KeywaneRotationStuck search-production --output json",
            "Ends with 3 if the page's alert fires or a command found a problem, with 9 without a daemon."})
final class RunbookRunCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private final RunbookArgument runbook = new RunbookArgument();

    @Mixin
    private final ReadingOptions reading;

    @Nullable
    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", converter = KeyArgument.Converter.class,
            description = "Name of a managed key (default: the one that the alert fires for).")
    private String key;

    RunbookRunCommand(CliContext context) {
        this.context = context;
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        RunbookDiagnosis found = RunbookDiagnosis.of(runbook.page(), Optional.ofNullable(key),
                reading.daemon().client(), context);
        if (reading.output().isJson()) {
            context.out().println(WireJson.pretty(RunbookRunText.json(found)));
        } else {
            RunbookRunText.lines(found, context.style()).forEach(context.out()::println);
        }
        return found.exit().number();
    }
}
