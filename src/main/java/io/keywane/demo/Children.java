package io.keywane.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes that were started. After {@link #close} none of them runs, and none can be started any more. */
final class Children implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Deque<Process> running = new ArrayDeque<>();
    private boolean closed;

    /** Starts a process: its input and output are pipes, its errors go to a file. */
    synchronized Process start(List<String> command, Path errors) throws IOException {
        if (closed) {
            throw new IOException("the demonstration is being ended");
        }
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        running.push(process);
        return process;
    }

    /** Ends all, the last first; whoever does not end in time is killed. */
    @Override
    public synchronized void close() {
        closed = true;
        // Not Process.destroy, which closes the streams: what a process says at its end is still read.
        running.forEach(process -> process.toHandle().destroy());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!running.isEmpty()) {
            end(running.pop(), deadline);
        }
    }

    private static void end(Process process, long deadline) {
        boolean interrupted = false;
        try {
            process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            interrupted = true;
        }
        process.destroyForcibly();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
