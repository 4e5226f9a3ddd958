package io.keywane.store;

import io.keywane.engine.ConsumerTeller;
import io.keywane.engine.Intent.Outcome;
import io.keywane.engine.KeySettings.TellSettings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Tells consumers by running an operator's program, with an empty environment and nothing on standard input: exit 0 is
 * success, anything else is not. What it prints is dropped; the last line of what it complained of goes into the report,
 * without what is, or could be, a key.
 */
public final class ProcessTeller implements ConsumerTeller {
    private static final String WHO = "the command";

    private final UnaryOperator<String> mask;

    /**
     * A teller.
     *
     * @param mask takes known keys out of text
     */
    public ProcessTeller(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    @Override
    public Optional<String> fault(TellSettings settings) {
        return CommandRun.fault(Path.of(settings.command().getFirst()));
    }

    @Override
    public Told tell(TellSettings settings) {
        CommandRun.End<Told> end = new CommandRun(WHO, settings.command(), settings.timeout(), 0)
                .run(Map.of(), this::told);
        return switch (end) {
            case CommandRun.End.NotStarted<Told> not -> new Told(Outcome.FAILED, not.why());
            case CommandRun.End.Unclear<Told> unclear -> new Told(Outcome.UNKNOWN, unclear.why());
            case CommandRun.End.Exited<Told> exited -> exited.result();
        };
    }

    private Told told(CommandRun.Exit exit) {
        if (exit.code() == 0) {
            return new Told(Outcome.SUCCEEDED, "");
        }
        return exit.wasKilled()
                ? new Told(Outcome.UNKNOWN, WHO + " was killed (" + exit.said(mask) + ")")
                : new Told(Outcome.FAILED, WHO + " failed (" + exit.said(mask) + ")");
    }
}
