package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.FindingList;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code keys findings}: what is not as it should be, and can wait. */
@Command(name = "findings", header = "List what is not as it should be with the keys, and can wait.",
        mixinStandardHelpOptions = true, footer = {"", "Example:", "  $ keywane keys findings",
            "Looks for one value under two names, keys that nobody uses, keys past their age, and prefixes that do not",
            "fit the environment."})
final class KeysFindingsCommand implements Callable<Integer> {
    @Mixin
    private final ReadingOptions reading;

    KeysFindingsCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        return reading.show(ControlRequest.of(Verb.KEYS_FINDINGS), FindingList.class, UsePlotText::findings);
    }
}
