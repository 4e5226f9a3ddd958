package io.keywane.cli;

import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code alerts ack}: take an alert on. */
@Command(name = "ack", header = "Acknowledge an alert: you take it on, and nobody is told of it again.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane alerts ack x7k2mqp --reason \"backfill of the search index\"",
            "It stays listed with your name until it ends. The rules in Prometheus are not silenced."})
final class AlertsAckCommand implements Callable<Integer> {
    @Mixin
    private final AlertIdArgument alert = new AlertIdArgument();

    @Mixin
    private final ChangeOptions change;

    AlertsAckCommand(CliContext context) {
        this.change = new ChangeOptions(context);
    }

    @Override
    public Integer call() {
        return change.perform(alert.request(Verb.ALERTS_ACK));
    }
}
