package io.keywane.cli;

import io.keywane.control.CalibrationStatus;
import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.Verb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code calibrate}: measures how the rate limiter counts, on a key that nobody else uses. */
@Command(name = "calibrate", header = "Measure how the rate limiter counts, on a key that nobody else uses.",
        mixinStandardHelpOptions = true, footer = {
            "", "Silence of a key is claimed only by windows that are known. A rotation measures them on its new key",
            "before promotion; this does it on a key that is kept for the purpose. A key in use is refused.", "",
            "Example:", "  $ keywane calibrate spare --wait 20m", "  $ keywane calibrate spare --show",
            "Ends with 8 if the wait was too short; the calibration goes on."})
final class CalibrateCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private final KeyArgument key = new KeyArgument();

    @Mixin
    private final ChangeOptions change;

    @Option(names = "--show", description = "Begin nothing: show what is known and how far it has come.")
    private boolean show;

    @Option(names = "--wait", paramLabel = "DURATION", converter = Durations.class,
            description = "Stay until it is over, at most so long, and tell its progress on standard error.")
    private @Nullable Duration longest;

    CalibrateCommand(CliContext context) {
        this.context = context;
        this.change = new ChangeOptions(context);
    }

    @Override
    public Integer call() {
        if (!show) {
            int exit = change.perform(ControlRequest.of(Verb.CALIBRATE, key.name()));
            if (longest == null || exit != ExitCode.DONE.number()) {
                return exit;
            }
        }
        ControlReply reply = longest == null ? look() : await(longest);
        return change.output().print(reply, CalibrationStatus.class, CalibrationText::lines);
    }

    private ControlReply look() {
        return change.daemon().client().call(ControlRequest.of(Verb.CALIBRATION, key.name()));
    }

    private ControlReply await(Duration wait) {
        long begin = System.nanoTime();
        List<Object> seen = List.of();
        while (true) {
            ControlReply reply = look();
            CalibrationStatus status = reply.resultAs(CalibrationStatus.class);
            if (!status.running()) {
                return reply;
            }
            List<Object> aspects = List.of(status.groups());
            if (!aspects.equals(seen)) {
                context.err().println(CalibrationText.progress(status));
                seen = aspects;
            }
            if (System.nanoTime() - begin >= wait.toNanos()) {
                throw new ControlException(ExitCode.WAIT_TIMED_OUT, "the wait is over, the calibration on "
                        + key.name() + " is not: it goes on", "look: keywane calibrate " + key.name() + " --show");
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(context.pollInterval());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ControlException(ExitCode.INTERRUPTED, "interrupted; the calibration goes on", "");
        }
    }
}
