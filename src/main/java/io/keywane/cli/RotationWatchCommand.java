package io.keywane.cli;

import io.keywane.control.ControlReply;
import io.keywane.control.RotationStatus;
import io.keywane.control.WireJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code rotation watch}: prints each change until the rotation is over. */
@Command(name = "watch", header = "Watch a rotation until it is over.", mixinStandardHelpOptions = true, footer = {"",
    "Example:", "  $ keywane rotation watch search-production",
    "Ends with 0 when the old key is flagged, with 1 when the rotation ended otherwise.",
    "Ctrl-C detaches: the rotation goes on. JSON comes as one line for each change."})
final class RotationWatchCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final ReadingOptions reading;

    RotationWatchCommand(CliContext context) {
        this.context = context;
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        try (Detachment _ = Detachment.announce(context, key.name())) {
            RotationStatus end = new RotationWatcher(context, reading.daemon().client(), key.name())
                    .watch(Optional.empty(), this::print).orElseThrow();
            return RotationWatcher.exitCode(end, context);
        }
    }

    private void print(ControlReply reply) {
        context.out().println(reading.output().isJson()
                ? WireJson.line(reply.resultJson())
                : RotationText.change(reply.resultAs(RotationStatus.class), context.style()));
    }
}
