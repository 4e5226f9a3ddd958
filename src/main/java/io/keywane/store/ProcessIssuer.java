package io.keywane.store;

import io.keywane.engine.IntakeSettings.Issuer;
import io.keywane.engine.KeySource.Answer;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Runs an operator's command that makes a new key and prints it on standard output.
 *
 * <p>Its environment is {@code PATH}, {@code KEYWANE_KEY} and {@code KEYWANE_REQUEST_ID}, its standard input is empty. Exit
 * 0: the key is on standard output, alone on its line. Exit {@value #LATER}: not yet, ask again. Exit {@value #NEVER}: no
 * key for this request. Any other exit: it failed and made none. Killed, or out of time: it may have made one, and the
 * same request id has to bring the same key.
 */
public final class ProcessIssuer {
    static final int LATER = 75;
    static final int NEVER = 77;
    private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Consumer<KeyMaterial> known;
    private final UnaryOperator<String> mask;

    /**
     * An issuer.
     *
     * @param known is told every key that is printed, before anything of what was said beside it is passed on
     * @param mask takes known keys out of text
     */
    public ProcessIssuer(Consumer<KeyMaterial> known, UnaryOperator<String> mask) {
        this.known = known;
        this.mask = mask;
    }

    /** Runs the command for at most its time. What it said on standard error is part of the answer where it failed. */
    public Answer issue(Issuer settings, KeyName key, String requestId) {
        CommandRun run = new CommandRun("the issuer", settings.command(), settings.timeout(), KeyText.MOST);
        CommandRun.End<Answer> end = run.run(
                Map.of("PATH", SEARCH_PATH, "KEYWANE_KEY", key.value(), "KEYWANE_REQUEST_ID", requestId), this::answer);
        return switch (end) {
            case CommandRun.End.NotStarted<Answer> not -> new Answer.Failed(not.why());
            case CommandRun.End.Unclear<Answer> unclear -> new Answer.Unclear(unclear.why());
            case CommandRun.End.Exited<Answer> exited -> exited.result();
        };
    }

    private Answer answer(CommandRun.Exit exit) {
        Answer key = KeyText.answer(exit.printed());
        if (key instanceof Answer.Found found) {
            known.accept(found.material());
        }
        String said = exit.said(mask);
        if (exit.code() == 0) {
            return key;
        }
        if (exit.code() == LATER) {
            return new Answer.Nothing("the issuer has none yet (" + said + ")");
        }
        if (exit.code() == NEVER) {
            return new Answer.Declined("the issuer declines (" + said + ")");
        }
        return exit.wasKilled()
                ? new Answer.Unclear("the issuer was killed (" + said + ")")
                : new Answer.Failed("the issuer failed (" + said + ")");
    }
}
