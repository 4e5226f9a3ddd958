package io.keywane.cli;

import io.keywane.config.ConfigException;
import io.keywane.config.ConfigProblem;
import io.keywane.config.ConfigSummary;
import io.keywane.control.ExitCode;
import io.keywane.control.WireJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code check-config}: reads a configuration file as the daemon would, offline, and tells all that is wrong with it. */
@Command(name = "check-config", header = "Check a configuration file, offline.", mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  $ keywane check-config /etc/keywane/keywane.yaml",
            "Ends with 3 if the file has problems; each is printed as FILE:LINE:COLUMN: WHERE: WHAT."})
final class CheckConfigCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private Path file = Path.of("");

    @Mixin
    private final OutputOption output;

    CheckConfigCommand(CliContext context) {
        this.context = context;
        this.output = new OutputOption(context);
    }

    @Override
    public Integer call() {
        try {
            good(ConfigSummary.of(file, context.environment()));
            return ExitCode.DONE.number();
        } catch (ConfigException e) {
            bad(e);
            return ExitCode.PROBLEMS_FOUND.number();
        }
    }

    private void good(ConfigSummary summary) {
        if (output.isJson()) {
            ObjectNode json = json(true);
            json.put("base_url", summary.baseUrl());
            names(json.putArray("organisations"), summary.organisations());
            names(json.putArray("keys"), summary.keys());
            json.putArray("problems");
            context.out().println(WireJson.pretty(json));
            return;
        }
        context.out().println(file + ": no problems");
        context.out().println("organisations: " + String.join(", ", summary.organisations()));
        context.out().println("keys: " + String.join(", ", summary.keys()));
        context.out().println("API: " + summary.baseUrl());
    }

    private void bad(ConfigException exception) {
        if (!output.isJson()) {
            context.out().println(exception.getMessage());
            return;
        }
        ObjectNode json = json(false);
        ArrayNode problems = json.putArray("problems");
        for (ConfigProblem problem : exception.problems()) {
            ObjectNode entry = problems.addObject().put("line", problem.line()).put("column", problem.column())
                    .put("path", problem.path()).put("message", problem.message());
            problem.suggestion().ifPresentOrElse(words -> entry.put("suggestion", words),
                    () -> entry.putNull("suggestion"));
        }
        context.out().println(WireJson.pretty(json));
    }

    private ObjectNode json(boolean valid) {
        return JsonNodeFactory.instance.objectNode().put("version", WireJson.RESULT_VERSION)
                .put("file", file.toString())
                .put("valid", valid);
    }

    private static void names(ArrayNode array, List<String> names) {
        names.forEach(array::add);
    }
}
