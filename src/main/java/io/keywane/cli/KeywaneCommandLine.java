package io.keywane.cli;

import io.keywane.control.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Help;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The whole command line: this package's verbs, and those of other packages that are handed in. */
public final class KeywaneCommandLine {
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
            CommandLine line = create(context, root, more);
            line.setExecutionExceptionHandler(errors).setParameterExceptionHandler(errors);
            int exit = line.execute(arguments);
            return context.out().checkError() ? ExitCode.FAILURE.number() : exit;
        } catch (RuntimeException e) {
            return errors.tell(e);
        }
    }

    /** The tree of commands. */
    static CommandLine create(CliContext context, Root root, Map<String, Object> more) {
        CommandLine line = new CommandLine(root);
        // In one order, so that completion has the same bytes each time.
        new TreeMap<>(more).forEach(line::addSubcommand);
        Verbs.addTo(line, context);
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
