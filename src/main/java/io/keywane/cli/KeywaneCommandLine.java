package io.keywane.cli;

import io.keywane.control.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Help;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The whole command line: this package's verbs, and those of other packages that are handed in. */
public final class KeywaneCommandLine {
    /** Verbs that tell of all others. */
    private static final Set<String> OF_THE_WHOLE_TREE = Set.of("completion", "manual");

    private KeywaneCommandLine() {}

    /**
     * Runs one command.
     *
     * @param more verbs of other packages, by name: picocli commands
     * @return the exit code
     */
    public static int run(CliContext context, Map<String, Object> more, String... arguments) {
        Root root = new Root();
        KeyGuard guard = new KeyGuard(List.of(arguments));
        Errors errors = new Errors(context.err(), root, guard);
        try {
            guard.check();
            CommandLine line = create(context, root, more, List.of(arguments));
            line.setExecutionExceptionHandler(errors).setParameterExceptionHandler(errors);
            int exit = line.execute(arguments);
            return context.out().checkError() ? ExitCode.FAILURE.number() : exit;
        } catch (RuntimeException e) {
            return errors.tell(e);
        }
    }

    /** The tree of all commands. */
    static CommandLine create(CliContext context, Root root, Map<String, Object> more) {
        return create(context, root, more, List.of());
    }

    /** The tree of commands as far as these arguments need it. */
    private static CommandLine create(CliContext context, Root root, Map<String, Object> more,
            List<String> arguments) {
        // In one order, so that completion has the same bytes each time.
        Map<String, Supplier<Object>> verbs = new LinkedHashMap<>();
        new TreeMap<>(more).forEach((name, verb) -> verbs.put(name, () -> verb));
        verbs.putAll(Verbs.of(context));
        CommandLine line = new CommandLine(root);
        Optional<String> only = arguments.stream().limit(1).filter(verbs::containsKey)
                .filter(name -> !OF_THE_WHOLE_TREE.contains(name)).findFirst();
        verbs.forEach((name, verb) -> {
            if (only.isEmpty() || only.get().equals(name)) {
                line.addSubcommand(name, verb.get());
            }
        });
        line.setExpandAtFiles(false).setAbbreviatedOptionsAllowed(false).setUsageHelpLongOptionsMaxWidth(28)
                .setUsageHelpWidth(110)
                .setColorScheme(Help.defaultColorScheme(context.colour() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setOut(writer(context.out())).setErr(writer(context.err()));
        HelpText.apply(line);
        versioned(line);
        return line;
    }

    /** Every verb has {@code --version} by picocli's standard options; all tell the same. */
    private static void versioned(CommandLine line) {
        line.getCommandSpec().versionProvider(new ProductVersion());
        line.getSubcommands().values().forEach(KeywaneCommandLine::versioned);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
