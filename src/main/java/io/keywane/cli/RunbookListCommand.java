package io.keywane.cli;

import io.keywane.control.ExitCode;
import io.keywane.control.WireJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code runbook list}: which pages there are. */
@Command(name = "list", header = "List the runbooks: one for each alert, and those for tasks.",
        mixinStandardHelpOptions = true, footer = {"", "Example:", "  $ keywane runbook list"})
final class RunbookListCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private final OutputOption output;

    RunbookListCommand(CliContext context) {
        this.context = context;
        this.output = new OutputOption(context);
    }

    @Override
    public Integer call() {
        List<Runbooks.Entry> pages = Runbooks.list();
        if (output.isJson()) {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", WireJson.RESULT_VERSION);
            ArrayNode list = json.putArray("runbooks");
            pages.forEach(page -> list.addObject().put("name", page.name()).put("about", page.about()));
            context.out().println(WireJson.pretty(json));
        } else {
            Tables.of(List.of("RUNBOOK", "ABOUT"),
                    pages.stream().map(page -> List.of(page.name(), page.about())).toList())
                    .forEach(context.out()::println);
        }
        return ExitCode.DONE.number();
    }
}
