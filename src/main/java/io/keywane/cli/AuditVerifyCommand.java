package io.keywane.cli;

import io.keywane.control.AuditVerification;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code audit verify}: whether the hash chain of the audit holds. */
@Command(name = "verify", header = "Check the hash chain of the audit.", mixinStandardHelpOptions = true, footer = {"",
    "Example:", "  $ keywane audit verify", "Ends with 3 if the chain is broken."})
final class AuditVerifyCommand implements Callable<Integer> {
    @Mixin
    private final ReadingOptions reading;

    AuditVerifyCommand(CliContext context) {
        this.reading = new ReadingOptions(context);
    }

    @Override
    public Integer call() {
        return reading.show(ControlRequest.of(Verb.AUDIT_VERIFY), AuditVerification.class, WatchText::verification);
    }
}
