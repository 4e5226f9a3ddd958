package io.keywane.cli;

import io.keywane.control.ControlException;
import io.keywane.control.ExitCode;
import picocli.CommandLine.Option;

import java.util.Locale;

/** {@code --yes}, or a question at the terminal, before what consumers read or what is proven changes. */
final class Confirmation {
    private final CliContext context;

    @Option(names = {"-y", "--yes"}, description = "Do not ask.")
    private boolean yes;

    Confirmation(CliContext context) {
        this.context = context;
    }

    /** The same for what can be planned: where nothing is to be done, nobody is asked. */
    void confirm(PlannedOptions change, String what) {
        if (!change.isDryRun()) {
            confirm(what);
        }
    }

    /** Returns if it may be done; throws if there is nobody to ask, or the answer is no. */
    void confirm(String what) {
        if (yes) {
            return;
        }
        if (!context.terminal().isPresent()) {
            throw new ControlException(ExitCode.NEEDS_CONFIRMATION, what + " needs confirmation, and there is no"
                    + " terminal to ask at", "add --yes if it is meant");
        }
        String answer = context.terminal().ask(what + "? Type yes: ").orElse("");
        if (!answer.strip().toLowerCase(Locale.ROOT).equals("yes")) {
            throw new ControlException(ExitCode.FAILURE, "not confirmed; nothing was done", "");
        }
    }
}
