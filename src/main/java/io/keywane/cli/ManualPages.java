package io.keywane.cli;

import io.keywane.control.ExitCode;
import io.keywane.control.Product;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pages for man(1), from the model that {@code --help} is made from: one for the whole and one for each verb. The same
 * model gives the same bytes.
 */
final class ManualPages {
    private ManualPages() {}

    /** File name, such as {@code keywane-keys-list.1}, to content in roff. */
    static SortedMap<String, String> of(CommandLine root) {
        SortedMap<String, String> pages = new TreeMap<>();
        add(root, pages);
        return pages;
    }

    private static void add(CommandLine command, Map<String, String> pages) {
        pages.put(name(command) + ".1", page(command));
        command.getSubcommands().values().forEach(verb -> add(verb, pages));
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    private static String page(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
        StringBuilder text = new StringBuilder();
        text.append(".TH \"").append(escape(name(command).toUpperCase(Locale.ROOT))).append("\" 1 \"\" \"Keywane ")
                .append(escape(Product.version())).append("\" \"Keywane\"\n.nh\n.ad l\n");
        section(text, "NAME");
        text.append(escape(name(command))).append(" \\- ")
                .append(escape(bare(String.join(" ", spec.usageMessage().header())))).append('\n');
        section(text, "SYNOPSIS");
        text.append(escape(help.synopsis(0).strip().replaceAll("\\s+", " "))).append('\n');
        arguments(text, spec);
        verbs(text, command);
        literal(text, "NOTES", spec.usageMessage().footer());
        exitStatus(text, spec);
        return text.append(related(command)).toString();
    }

    private static void arguments(StringBuilder text, CommandSpec spec) {
        List<ArgSpec> arguments = new ArrayList<>(spec.positionalParameters());
        spec.options().stream().filter(option -> !option.hidden()).forEach(arguments::add);
        if (arguments.isEmpty()) {
            return;
        }
        section(text, "OPTIONS");
        for (ArgSpec argument : arguments) {
            text.append(".TP\n\\fB").append(escape(label(argument))).append("\\fR\n")
                    .append(line(String.join(" ", argument.description()))).append('\n');
        }
    }

    private static String label(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return argument.paramLabel();
        }
        String names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
    }

    private static void verbs(StringBuilder text, CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            return;
        }
        section(text, "COMMANDS");
        command.getSubcommands().values().forEach(verb -> text.append(".TP\n\\fB").append(escape(name(verb)))
                .append("\\fR(1)\n")
                .append(line(String.join(" ", verb.getCommandSpec().usageMessage().header()))).append('\n'));
    }

    /** Lines as they stand: examples must not be filled. */
    private static void literal(StringBuilder text, String heading, String... lines) {
        String content = String.join("\n", lines).strip();
        if (content.isEmpty()) {
            return;
        }
        section(text, heading);
        text.append(".nf\n");
        content.lines().forEach(each -> text.append(line(each)).append('\n'));
        text.append(".fi\n");
    }

    private static void exitStatus(StringBuilder text, CommandSpec spec) {
        if (spec.parent() != null) {
            return;
        }
        section(text, "EXIT STATUS");
        for (ExitCode code : ExitCode.values()) {
            text.append(".TP\n").append(code.number()).append('\n').append(line(code.meaning())).append('\n');
        }
    }

    private static String related(CommandLine command) {
        CommandSpec parent = command.getCommandSpec().parent();
        return parent == null
                ? ""
                : ".SH \"SEE ALSO\"\n\\fB" + escape(parent.qualifiedName("-")) + "\\fR(1)\n";
    }

    private static void section(StringBuilder text, String heading) {
        text.append(".SH \"").append(heading).append("\"\n");
    }

    private static String bare(String sentence) {
        String plain = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return plain.isEmpty() ? "keywane" : plain;
    }

    /** One line of text: a first point or apostrophe would be a request to roff. */
    private static String line(String text) {
        String escaped = escape(text);
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
    }
}
