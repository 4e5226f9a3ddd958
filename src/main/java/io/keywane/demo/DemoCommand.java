package io.keywane.demo;

import io.keywane.control.ControlException;
import io.keywane.sandbox.SandboxControlException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The verb {@code keywane demo}. Exit 0 only if a whole rotation was carried through without a refused request; 1 with
 * the reason and the end of the daemon's log otherwise. However it ends, nothing of it is left running.
 */
@Command(name = "demo", header = "Show a whole rotation under load, on this machine.", sortOptions = false,
        description = "Starts the sandbox API, a daemon and consumers as processes, replaces the consumers' key while "
                + "they use it, and tells what happened. Takes two minutes, at most four; needs no network and leaves "
                + "nothing behind.",
        footer = {"", "Example: as data, progress on stderr.", "", "  keywane demo --output json | jq .rotation"})
public final class DemoCommand implements Callable<Integer> {
    private static final int LOG_LINES = 20;

    /** The forms of the summary; lower case, since they are typed. */
    enum Form {
        table, json
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = {"-o", "--output"}, paramLabel = "table|json", defaultValue = "table",
            description = "How the summary is printed: for people, or as one JSON object (default: ${DEFAULT-VALUE}).")
    private Form form = Form.table;

    @Option(names = "--consumers", paramLabel = "N", defaultValue = "5",
            description = "How many programs use the key, 1 to 10 (default: ${DEFAULT-VALUE}).")
    private int consumers;

    @Option(names = "--rate", paramLabel = "R", defaultValue = "4",
            description = "Requests a second of each (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(names = "--keep", description = "Keep the folder with configuration, logs and state.")
    private boolean keep;

    // picocli acts on it before the command runs.
    @SuppressWarnings("UnusedVariable")
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Override
    public Integer call() {
        CommandLine line = commandLine();
        DemoSettings settings = settings(line);
        PrintWriter progress = form == Form.json ? line.getErr() : line.getOut();
        try (Session session = Session.open(settings.keep())) {
            return run(line, settings, session, progress);
        } catch (IOException e) {
            return fail(line, e);
        }
    }

    private int run(CommandLine line, DemoSettings settings, Session session, PrintWriter progress) {
        try {
            Display display = display(progress);
            if (keep) {
                display.say("folder: " + session.workspace().root());
            }
            return print(line, new Demonstration(settings, session.workspace(), session.children(), display).run());
        } catch (DemoFailure | ControlException | SandboxControlException | IOException e) {
            if (session.isEnding()) {
                return 1;
            }
            int exit = fail(line, e);
            session.workspace().logTail(Servers.DAEMON, LOG_LINES).forEach(text -> line.getErr().println("  " + text));
            return exit;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private int print(CommandLine line, DemoSummary summary) {
        if (form == Form.json) {
            line.getOut().println(DemoJson.pretty(summary));
        } else {
            SummaryText.lines(summary).forEach(line.getOut()::println);
        }
        line.getOut().flush();
        return summary.passed() ? 0 : 1;
    }

    private static int fail(CommandLine line, Exception why) {
        line.getErr().println("keywane demo: " + why.getMessage());
        return 1;
    }

    private Display display(PrintWriter progress) {
        boolean terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        return terminal && form == Form.table
                ? new LiveDisplay(progress)
                : new PlainDisplay(progress, InstantSource.system());
    }

    private DemoSettings settings(CommandLine line) {
        try {
            return new DemoSettings(consumers, rate, keep);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()), e);
        }
    }

    private CommandLine commandLine() {
        CommandSpec present = spec;
        if (present == null) {
            throw new IllegalStateException("the demo command runs only under picocli");
        }
        return present.commandLine();
    }
}
