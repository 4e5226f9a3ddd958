package io.keywane.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One run of an operator's program: no shell, an environment that is given, nothing on standard input, output read up to a
 * limit, a time after which it is ended with all that it started. What it leaves behind is ended with it.
 */
final class CommandRun {
    /** What a shell ends with whose command was killed by a signal is this and the signal's number. */
    private static final int SIGNALLED = 128;
    private static final int MOST_COMPLAINT = 4_096;
    private static final int SHOWN_COMPLAINT = 200;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int EXCHANGEABLE_BY_OTHERS = 0002;
    /** Makes the program the first of a session of its own, whose members can all be found. */
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    /** What could be a key of whatever vendor: a long token with a digit in it. */
    private static final Pattern TOKEN = Pattern.compile("(?=[^\\s0-9]*[0-9])[A-Za-z0-9_+/=.-]{20,}");

    private final String who;
    private final List<String> command;
    private final Duration timeout;
    private final int mostPrinted;

    /** How a run ended. */
    sealed interface End<T> {
        /** It was not started. */
        record NotStarted<T>(String why) implements End<T> {}

        /** It may have done what it is for, or not. */
        record Unclear<T>(String why) implements End<T> {}

        /** It ended by itself; what it printed was made into this. */
        record Exited<T>(T result) implements End<T> {}
    }

    /** The end of a program that ended by itself; the bytes are cleared afterwards. */
    static final class Exit {
        private final int code;
        private final byte[] printed;
        private final byte[] complained;

        private Exit(int code, byte[] printed, byte[] complained) {
            this.code = code;
            this.printed = printed;
            this.complained = complained;
        }

        int code() {
            return code;
        }

        /** Not a copy: what is cleared is what is read. */
        byte[] printed() {
            return printed;
        }

        boolean wasKilled() {
            return code > SIGNALLED;
        }

        /** Exit code and the last line of what it said, without what is, or could be, a key. */
        String said(UnaryOperator<String> mask) {
            return "exit " + code + complaint(mask);
        }

        private String complaint(UnaryOperator<String> mask) {
            String text = mask.apply(new String(complained, StandardCharsets.UTF_8)).strip();
            String line = TOKEN.matcher(text.substring(text.lastIndexOf('\n') + 1)).replaceAll("(not shown)")
                    .replaceAll("\\p{Cntrl}", " ");
            String shown = line.length() <= SHOWN_COMPLAINT ? line : line.substring(0, SHOWN_COMPLAINT) + " ...";
            return shown.isBlank() ? "" : ": " + shown;
        }
    }

    /**
     * A run.
     *
     * @param who what the program is called in messages
     * @param mostPrinted how many bytes of its standard output are kept
     */
    CommandRun(String who, List<String> command, Duration timeout, int mostPrinted) {
        this.who = who;
        this.command = List.copyOf(command);
        this.timeout = timeout;
        this.mostPrinted = mostPrinted;
    }

    /** Why a program is not run; empty where it may be. Whoever may write it has the daemon's rights. */
    static Optional<String> fault(Path program) {
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

    /** Runs it; {@code reader} makes of its end what is wanted of it. */
    <T> End<T> run(Map<String, String> environment, Function<Exit, T> reader) {
        Optional<String> fault = fault(Path.of(command.getFirst()));
        if (fault.isPresent()) {
            return new End.NotStarted<>(fault.get());
        }
        Process process;
        try {
            process = start(environment);
        } catch (IOException _) {
            return new End.NotStarted<>(command.getFirst() + " cannot be started: it has to be a program that the"
                    + " daemon's user may run");
        }
        try {
            return ended(process, reader);
        } finally {
            kill(process);
        }
    }

    private Process start(Map<String, String> environment) throws IOException {
        List<String> line = new ArrayList<>(command);
        if (Files.isExecutable(SETSID)) {
            line.addFirst(SETSID.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(line).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It ended before it could read that there is nothing to read.
        }
        return process;
    }

    private <T> End<T> ended(Process process, Function<Exit, T> reader) {
        Executor threads = work -> Thread.ofVirtual().name("command").start(work);
        CompletableFuture<byte[]> printed = CompletableFuture
                .supplyAsync(() -> most(process.getInputStream(), mostPrinted), threads);
        CompletableFuture<byte[]> complained = CompletableFuture
                .supplyAsync(() -> most(process.getErrorStream(), MOST_COMPLAINT), threads);
        try {
            long deadline = System.nanoTime() + timeout.toNanos();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return new End.Unclear<>(who + " was killed after " + timeout.toSeconds() + " s");
            }
            // Children that it left behind may hold its output open.
            long left = Math.max(0, deadline - System.nanoTime());
            return new End.Exited<>(reader.apply(new Exit(process.exitValue(),
                    printed.get(left, TimeUnit.NANOSECONDS), complained.get(left, TimeUnit.NANOSECONDS))));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new End.Unclear<>("the daemon ends");
        } catch (TimeoutException _) {
            return new End.Unclear<>(who + " ended, and a child of it kept its output open");
        } catch (ExecutionException _) {
            return new End.Unclear<>("what " + who + " printed cannot be read");
        } finally {
            CompletableFuture<Void> _ = printed.thenAccept(bytes -> Arrays.fill(bytes, (byte) 0));
            CompletableFuture<Void> _ = complained.thenAccept(bytes -> Arrays.fill(bytes, (byte) 0));
        }
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
        ProcessSession.end(process.pid());
    }
}
