package io.keywane.cli;

import io.keywane.control.ControlRequest;
import io.keywane.control.ProbeResult;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code keys probe}: probes a key now, within the probe budget. */
@Command(name = "probe", header = "Probe a key now and show what the API answers.", mixinStandardHelpOptions = true,
        footer = {
            "", "Example:", "  $ keywane keys probe search-production"})
final class KeysProbeCommand implements Callable<Integer> {
    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final ReadingOptions reading;

    KeysProbeCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        return reading.show(ControlRequest.of(Verb.KEYS_PROBE, key.name()), ProbeResult.class, ProbeText::lines);
    }
}
