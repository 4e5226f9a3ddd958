package io.keywane.cli;

import io.keywane.control.ExitCode;
import io.keywane.control.WireJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code runbook show}: one page. */
@Command(name = "show", header = "Show one runbook.", mixinStandardHelpOptions = true, footer = {"", "Example:",
    "  $ keywane runbook show KeywaneKeyRejected", "  $ keywane runbook show emergency-after-a-leak"})
final class RunbookShowCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private final RunbookArgument runbook = new RunbookArgument();

    @Mixin
    private final OutputOption output;

    RunbookShowCommand(CliContext context) {
        this.context = context;
        this.output = new OutputOption(context);
    }

    @Override
    public Integer call() {
        Runbook page = runbook.page();
        if (!output.isJson()) {
            context.out().print(page.text());
            return ExitCode.DONE.number();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", WireJson.RESULT_VERSION)
                .put("name", page.name()).put("title", page.title()).put("text", page.text());
        ArrayNode blocks = json.putArray("blocks");
        for (Runbook.Block block : page.blocks()) {
            ArrayNode lines = blocks.addObject().put("section", block.section())
                    .put("kind", block.kind().name().toLowerCase(Locale.ROOT)).putArray("lines");
            block.lines().forEach(lines::add);
        }
        context.out().println(WireJson.pretty(json));
        return ExitCode.DONE.number();
    }
}
