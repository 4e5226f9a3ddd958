package io.keywane.control;

import io.keywane.key.KeyMaterial;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Asks the daemon over its Unix socket: one connection for each request.
 *
 * <p>A changing request of which the answer got lost ends with {@link ExitCode#OUTCOME_UNKNOWN}, never as if nothing had
 * happened.
 *
 * @param socket path of the daemon's socket
 * @param timeout longest wait for one answer
 */
public record ControlClient(Path socket, Duration timeout) {
    public ControlClient {
        requireNonNull(socket, "socket is null");
        requireNonNull(timeout, "timeout is null");
    }

    /** What the daemon answers; {@link ControlException} if it cannot be reached or does not answer. */
    public ControlReply call(ControlRequest request) {
        return call(request, Optional.empty());
    }

    /** The same with a key value. */
    public ControlReply call(ControlRequest request, KeyMaterial secret) {
        return call(request, Optional.of(secret));
    }

    private ControlReply call(ControlRequest request, Optional<KeyMaterial> secret) {
        try (TimedChannel channel = new TimedChannel(connect(), timeout)) {
            try {
                Frames.writeRequest(channel.output(), request, secret);
                channel.shutdownOutput();
            } catch (IOException _) {
                // The daemon may have refused and hung up before it read everything: its answer is what counts.
                return Frames.readReply(channel.input());
            }
            return Frames.readReply(channel.input());
        } catch (IOException _) {
            throw unanswered(request);
        }
    }

    private SocketChannel connect() {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException _) {
            throw notConnected();
        }
    }

    /** Tells the cases apart by looking at the file: the system's messages depend on the language set. */
    private ControlException notConnected() {
        String hint = "check that it runs (systemctl status keywane) and that --socket is right";
        try {
            Files.readAttributes(socket, BasicFileAttributes.class);
        } catch (AccessDeniedException _) {
            return denied();
        } catch (IOException _) {
            return new ControlException(ExitCode.UNREACHABLE, "daemon unreachable: there is no socket " + socket, hint);
        }
        if (!Files.isWritable(socket)) {
            return denied();
        }
        return new ControlException(ExitCode.UNREACHABLE, "daemon unreachable: nobody listens at " + socket, hint);
    }

    private ControlException denied() {
        return new ControlException(ExitCode.DENIED, "no access to the socket " + socket,
                "join the operators' group (usermod -aG keywane USER) and log in again");
    }

    private ControlException unanswered(ControlRequest request) {
        String what = "the daemon at " + socket + " took " + request.verb().wireName() + " but did not answer";
        if (!request.verb().isMutating()) {
            return new ControlException(ExitCode.UNREACHABLE, what, "look at its log, then try again");
        }
        return new ControlException(ExitCode.OUTCOME_UNKNOWN, what + "; it may or may not be done",
                request.requestId().map(id -> "repeat the command with --request-id " + id
                        + ": it is done once, and the first outcome is told").orElse("look with: keywane audit tail"));
    }
}
