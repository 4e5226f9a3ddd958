package io.keywane.cli;

import io.keywane.control.ControlReply;
import io.keywane.control.ControlResult;
import io.keywane.control.RotationStatus;
import io.keywane.control.WireJson;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.function.BiFunction;

/** {@code --output table|json}, and the printing of a reply in either form. */
final class OutputOption {
    /** The forms; lower case, since they are typed. */
    enum Form {
        table, json
    }

    private final CliContext context;

    @Option(names = {"-o",
        "--output"}, paramLabel = "table|json",
            description = "What is printed: a table for people, or JSON with a version (default: table).")
    private Form form = Form.table;

    OutputOption(CliContext context) {
        this.context = context;
    }

    boolean isJson() {
        return form == Form.json;
    }

    /**
     * Prints the result of a reply, and returns its exit code.
     *
     * @param text how the result is written for people
     */
    <T extends ControlResult> int print(
            ControlReply reply, Class<T> type, BiFunction<T, Style, List<String>> text) {
        T result = reply.resultAs(type);
        if (isJson()) {
            context.out().println(WireJson.pretty(reply.resultJson()));
        } else {
            text.apply(result, context.style()).forEach(context.out()::println);
        }
        return reply.exit().number();
    }

    /** Prints the end of a rotation after something else was printed: one line of JSON, or the text. */
    void printLine(RotationStatus status, Style style) {
        if (isJson()) {
            context.out().println(WireJson.line(WireJson.result(status)));
        } else {
            RotationText.status(status, style).forEach(context.out()::println);
        }
    }
}
