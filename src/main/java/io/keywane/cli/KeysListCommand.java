package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.KeyList;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code keys list}: every managed key at a glance. */
@Command(name = "list", header = "List the managed keys.", mixinStandardHelpOptions = true, footer = {"", "Example:",
    "  $ keywane keys list", "  $ keywane keys list --output json"})
final class KeysListCommand implements Callable<Integer> {
    @Mixin
    private final ReadingOptions reading;

    KeysListCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        return reading.show(ControlRequest.of(Verb.KEYS_LIST), KeyList.class, KeyText::list);
    }
}
