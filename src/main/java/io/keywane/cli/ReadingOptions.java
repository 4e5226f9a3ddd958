package io.keywane.cli;

import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.ControlResult;
import picocli.CommandLine.Mixin;

import java.util.List;
import java.util.function.BiFunction;

/** What every verb has that asks the daemon and prints the answer. */
final class ReadingOptions {
    @Mixin
    private final DaemonOptions daemon;

    @Mixin
    private final OutputOption output;

    ReadingOptions(CliContext context) {
        this.daemon = new DaemonOptions(context);
        this.output = new OutputOption(context);
    }

    DaemonOptions daemon() {
        return daemon;
    }

    OutputOption output() {
        return output;
    }

    /** Asks, prints, and returns the exit code. */
    <T extends ControlResult> int show(
            ControlRequest request, Class<T> type, BiFunction<T, Style, List<String>> text) {
        ControlReply reply = daemon.client().call(request);
        return output.print(reply, type, text);
    }
}
