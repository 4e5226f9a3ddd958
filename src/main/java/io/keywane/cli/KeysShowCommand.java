package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.KeyDetail;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code keys show}: one key with all its versions. */
@Command(name = "show", header = "Show one key with all its versions.", mixinStandardHelpOptions = true, footer = {"",
    "Example:", "  $ keywane keys show search-production"})
final class KeysShowCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final ReadingOptions reading;

    KeysShowCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        return reading.show(ControlRequest.of(Verb.KEYS_SHOW, key.name()), KeyDetail.class, KeyText::detail);
    }
}
