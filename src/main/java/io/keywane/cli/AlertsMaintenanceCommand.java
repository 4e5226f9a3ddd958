package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlException;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.concurrent.Callable;

/** {@code alerts maintenance}: announce unusual use of a key. */
@Command(name = "maintenance", header = "Announce unusual use of a key: no alert of its use until then.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane alerts maintenance search-production --for 2h --reason \"load test\"",
            "It ends by itself, after seven days at the latest; --end ends it now. All other alerts go on."})
final class AlertsMaintenanceCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final ChangeOptions change;

    @Option(names = "--for", paramLabel = "DURATION", converter = Durations.class,
            description = "How long, such as 30m or 2h; seven days at most.")
    private @Nullable Duration span;

    @Option(names = "--end", description = "End it now.")
    private boolean end;

    AlertsMaintenanceCommand(CliContext context) {
        this.change = new ChangeOptions(context);
    }

    @Override
    public Integer call() {
        if ((span == null) != end) {
            throw new ControlException(ExitCode.USAGE, "this needs --for DURATION or --end",
                    "keywane alerts maintenance " + key.name() + " --for 2h --reason TEXT");
        }
        ControlRequest request = ControlRequest.of(Verb.ALERTS_MAINTENANCE, key.name());
        if (span == null) {
            return change.perform(request);
        }
        change.requireReason();
        return change.perform(request.with(Argument.SPAN, span.toString()));
    }
}
