package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.ControlException;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.Report;
import io.keywane.control.Verb;
import io.keywane.page.ReportPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;

/** {@code report}: one page for people. */
@Command(name = "report", header = "Write a page: credits by key and day, forecasts, incidents, rotations.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane report --since 30d --output report.html",
            "The page is one file without scripts, and loads nothing from anywhere. It holds no key. Days are those of UTC."})
final class ReportCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private final DaemonOptions daemon;

    @Option(names = "--since", paramLabel = "DURATION", converter = Durations.class,
            description = "How far back, 60 days at most (default: 30d).")
    private Duration since = Duration.ofDays(30);

    @Nullable
    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "Where to write it, in place of what is there (default: standard output).")
    private Path file;

    ReportCommand(CliContext context) {
        this.context = context;
        this.daemon = new DaemonOptions(context);
    }

    @Override
    public Integer call() {
        Report report = daemon.client().call(ControlRequest.of(Verb.REPORT).with(Argument.SINCE, since.toString()))
                .resultAs(Report.class);
        String page = new ReportPage(report).html();
        Path target = file;
        if (target == null) {
            context.out().print(page);
            context.out().flush();
            return ExitCode.DONE.number();
        }
        write(target.toAbsolutePath(), page);
        context.err().println("wrote " + target);
        return ExitCode.DONE.number();
    }

    /** At once: whoever serves the page never sees half of one. */
    private static void write(Path target, String page) {
        Path half = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.writeString(half, page);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ControlException(ExitCode.FAILURE, "cannot write " + target + ": " + e.getClass().getSimpleName(),
                    "name a file in a folder that you may write to");
        }
    }
}
