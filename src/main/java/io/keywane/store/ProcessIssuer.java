package io.keywane.store;

import io.keywane.engine.IntakeSettings.Issuer;
import io.keywane.engine.KeySource.Answer;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

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
    /** What a shell ends with whose command was killed by a signal is this and the signal's number. */
    private static final int SIGNALLED = 128;
    private static final int MOST_COMPLAINT = 4_096;
    private static final int SHOWN_COMPLAINT = 200;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int EXCHANGEABLE_BY_OTHERS = 0002;
    private static final String SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    /** What could be a key of whatever vendor: a long token with a digit in it. */
    private static final Pattern TOKEN = Pattern.compile("(?=[^\\s0-9]*[0-9])[A-Za-z0-9_+/=.-]{20,}");

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
        Optional<String> fault = fault(Path.of(settings.command().getFirst()));
        if (fault.isPresent()) {
            return new Answer.Failed(fault.get());
        }
        Process process;
        try {
            process = start(settings.command(), key, requestId);
        } catch (IOException _) {
            return new Answer.Failed(settings.command().getFirst() + " cannot be started: it has to be a program that"
                    + " the daemon's user may run");
        }
        try {
            return ended(process, settings);
        } finally {
            kill(process);
        }
    }

    /** Whoever may write the program has the daemon's rights. */
    private static Optional<String> fault(Path program) {
        try {
            FileAccess access = FileAccess.of(program.toRealPath());
            if ((access.mode() & WRITABLE_BY_OTHERS) != 0) {
                return Optional.of(program + " has mode " + access.octal() + ", so others than its owner may write it:"
                        + " chmod go-w " + program);
            }
            Path folder = Optional.ofNullable(program.toRealPath().getParent()).orElseThrow();
            FileAccess around = FileAccess.of(folder);
            if ((around.mode() & EXCHANGEABLE_BY_OTHERS) != 0) {
                return Optional.of(folder + " has mode " + around.octal() + ", so others may put another program there:"
                        + " chmod o-w " + folder);
            }
            return Files.isExecutable(program) ? Optional.empty() : Optional.of(program + " is no program");
        } catch (IOException _) {
            return Optional.of("there is no program " + program);
        }
    }

    private static Process start(List<String> command, KeyName key, String requestId) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", SEARCH_PATH, "KEYWANE_KEY", key.value(), "KEYWANE_REQUEST_ID",
                requestId));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It ended before it could read that there is nothing to read.
        }
        return process;
    }

    private Answer ended(Process process, Issuer settings) {
        Executor reader = work -> Thread.ofVirtual().name("issuer").start(work);
        CompletableFuture<byte[]> printed = CompletableFuture
                .supplyAsync(() -> most(process.getInputStream(), KeyText.MOST), reader);
        CompletableFuture<byte[]> complained = CompletableFuture
                .supplyAsync(() -> most(process.getErrorStream(), MOST_COMPLAINT), reader);
        try {
            long deadline = System.nanoTime() + settings.timeout().toNanos();
            if (!process.waitFor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                return new Answer.Unclear("the issuer was killed after " + settings.timeout().toSeconds() + " s");
            }
            // Children that it left behind may hold its output open.
            long left = Math.max(0, deadline - System.nanoTime());
            return answer(process.exitValue(), printed.get(left, TimeUnit.NANOSECONDS),
                    complained.get(left, TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Answer.Unclear("the daemon ends");
        } catch (TimeoutException _) {
            return new Answer.Unclear("the issuer ended, and a child of it kept its output open");
        } catch (ExecutionException _) {
            return new Answer.Unclear("what the issuer printed cannot be read");
        } finally {
            CompletableFuture<Void> _ = printed.thenAccept(bytes -> Arrays.fill(bytes, (byte) 0));
            CompletableFuture<Void> _ = complained.thenAccept(bytes -> Arrays.fill(bytes, (byte) 0));
        }
    }

    private Answer answer(int exit, byte[] printed, byte[] complained) {
        Answer key = KeyText.answer(printed);
        if (key instanceof Answer.Found found) {
            known.accept(found.material());
        }
        String said = "exit " + exit + complaint(complained);
        if (exit == 0) {
            return key;
        }
        if (exit == LATER) {
            return new Answer.Nothing("the issuer has none yet (" + said + ")");
        }
        if (exit == NEVER) {
            return new Answer.Declined("the issuer declines (" + said + ")");
        }
        return exit > SIGNALLED
                ? new Answer.Unclear("the issuer was killed (" + said + ")")
                : new Answer.Failed("the issuer failed (" + said + ")");
    }

    /** The last line of what it said, without what is, or could be, a key. */
    private String complaint(byte[] bytes) {
        String text = mask.apply(new String(bytes, StandardCharsets.UTF_8)).strip();
        String line = TOKEN.matcher(text.substring(text.lastIndexOf('\n') + 1)).replaceAll("(not shown)")
                .replaceAll("\\p{Cntrl}", " ");
        String shown = line.length() <= SHOWN_COMPLAINT ? line : line.substring(0, SHOWN_COMPLAINT) + " ...";
        return shown.isBlank() ? "" : ": " + shown;
    }

    /** The first bytes; what follows is read and dropped, so that the process does not wait for a reader. */
    private static byte[] most(InputStream stream, int most) {
        try (stream) {
            byte[] first = stream.readNBytes(most);
            stream.transferTo(OutputStream.nullOutputStream());
            return first;
        } catch (IOException _) {
            return new byte[0]; // killed
        }
    }

    private static void kill(Process process) {
        // Looked for first: once their parent is gone they are nobody's.
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
