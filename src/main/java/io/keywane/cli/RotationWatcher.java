package io.keywane.cli;

import io.keywane.control.ControlClient;
import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.RotationStatus;
import io.keywane.control.RotationSummary;
import io.keywane.control.Verb;
import io.keywane.control.VersionSummary;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at a rotation again and again until it is over, and tells each change.
 *
 * <p>A daemon that is away for less than {@link #PATIENCE} (a restart) does not end the watch.
 */
final class RotationWatcher {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CliContext context;
    private final ControlClient client;
    private final String key;
    private Optional<Long> awaySince = Optional.empty();

    RotationWatcher(CliContext context, ControlClient client, String key) {
        this.context = context;
        this.client = client;
        this.key = key;
    }

    /**
     * Watches until the rotation is over; returns how it ended, or empty if that took longer than {@code longest}.
     *
     * @param changed is told each status that differs from the one before
     */
    Optional<RotationStatus> watch(Optional<Duration> longest, Consumer<ControlReply> changed) {
        long begin = System.nanoTime();
        Optional<List<Object>> seen = Optional.empty();
        while (true) {
            Optional<ControlReply> reply = look();
            if (reply.isPresent()) {
                RotationStatus status = reply.get().resultAs(RotationStatus.class);
                Optional<List<Object>> aspects = Optional.of(aspects(status));
                if (!aspects.equals(seen)) {
                    changed.accept(reply.get());
                    seen = aspects;
                }
                if (rotation(status).over()) {
                    return Optional.of(status);
                }
            }
            if (longest.isPresent() && System.nanoTime() - begin >= longest.get().toNanos()) {
                return Optional.empty();
            }
            pause();
        }
    }

    /** Whether the rotation came to its aim: 0; else 1, with the reason on standard error. */
    static int exitCode(RotationStatus end, CliContext context) {
        RotationSummary rotation = end.rotation().orElseThrow();
        if (rotation.state().equals("flagged")) {
            return ExitCode.DONE.number();
        }
        context.err().println("keywane: the rotation of " + end.key() + " ended " + rotation.state() + ": "
                + rotation.reasonSentence());
        return ExitCode.FAILURE.number();
    }

    private RotationSummary rotation(RotationStatus status) {
        return status.rotation().orElseThrow(() -> new ControlException(ExitCode.NOT_FOUND,
                key + " has no rotation", "begin one: keywane rotation start " + key));
    }

    private Optional<ControlReply> look() {
        try {
            ControlReply reply = client.call(ControlRequest.of(Verb.ROTATION_STATUS, key));
            if (awaySince.isPresent()) {
                context.err().println("keywane: the daemon answers again");
                awaySince = Optional.empty();
            }
            return Optional.of(reply);
        } catch (ControlException e) {
            if (e.exit() != ExitCode.UNREACHABLE) {
                throw e;
            }
            away(e);
            return Optional.empty();
        }
    }

    private void away(ControlException e) {
        if (awaySince.isEmpty()) {
            context.err().println("keywane: " + e.getMessage() + "; still trying");
            awaySince = Optional.of(System.nanoTime());
        }
        if (System.nanoTime() - awaySince.get() > PATIENCE.toNanos()) {
            throw e;
        }
    }

    private void pause() {
        try {
            Thread.sleep(context.pollInterval());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ControlException(ExitCode.INTERRUPTED, "interrupted; the rotation goes on", "");
        }
    }

    /** What counts as a change: not the passing of time, but where things stand. */
    private static List<Object> aspects(RotationStatus status) {
        return List.of(status.rotation().map(r -> List.of(r.id(), r.state(), r.reason(), r.paused())),
                status.leaving().stream().map(v -> List.of(v.id(), v.stage())).toList(),
                status.current().map(VersionSummary::id),
                status.gates().stream().map(g -> List.of(g.gate(), g.met(), g.waived())).toList());
    }
}
