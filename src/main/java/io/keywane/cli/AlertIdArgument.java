package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.Optional;

/** The id of an alert. */
final class AlertIdArgument {
    @Parameters(paramLabel = "ID", description = "The alert's id, from keywane alerts list.")
    private String id = "";

    String id() {
        return id;
    }

    ControlRequest request(Verb verb) {
        return new ControlRequest(verb, Map.of(Argument.ALERT, id), Optional.empty(), Optional.empty());
    }
}
