package io.keywane.daemon;

import io.keywane.control.Argument;
import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ExitCode;
import io.keywane.control.Frames;
import io.keywane.control.IncomingRequest;
import io.keywane.control.TimedChannel;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

import static java.util.Objects.requireNonNull;

/** One connection of the operator socket: who is it, what does it ask, may it, what came of it. */
final class ControlConversation {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConversation.class);

    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int MOST_DISCARDED = Frames.MAX_REQUEST_LINE + Frames.MAX_SECRET;

    private final PeerRoles roles;
    private final LiveKeyMask liveKeys;
    private final ControlHandler handler;
    private final Duration patience;

    ControlConversation(PeerRoles roles, LiveKeyMask liveKeys, ControlHandler handler, Duration patience) {
        this.roles = requireNonNull(roles, "roles is null");
        this.liveKeys = requireNonNull(liveKeys, "liveKeys is null");
        this.handler = requireNonNull(handler, "handler is null");
        this.patience = patience;
    }

    /** Holds the whole conversation and closes the connection. */
    void hold(SocketChannel peer) {
        speak(peer, channel -> reply(peer.getOption(ExtendedSocketOptions.SO_PEERCRED), channel));
    }

    void refuseAsBusy(SocketChannel peer, int connections) {
        speak(peer, _ -> ControlReply.failed(ExitCode.FAILURE,
                "the daemon serves " + connections + " requests already", "try again in some seconds"));
    }

    @FunctionalInterface
    private interface Answer {
        ControlReply to(TimedChannel channel) throws IOException;
    }

    private void speak(SocketChannel peer, Answer answer) {
        try (TimedChannel channel = new TimedChannel(peer, patience)) {
            ControlReply reply = answer.to(channel);
            channel.restart(patience);
            Frames.writeReply(channel.output(), reply);
            channel.shutdownOutput();
            channel.restart(LINGER.compareTo(patience) < 0 ? LINGER : patience);
            discard(channel.input());
        } catch (IOException e) {
            LOG.debug("a connection of the operator socket ended early: {}", e.getMessage());
        }
    }

    // A connection closed with something unread is reset, and the peer may never see the refusal. May be a key's bytes.
    private static void discard(InputStream input) throws IOException {
        byte[] waste = new byte[8_192];
        try {
            for (int total = 0, count = 0; count >= 0 && total <= MOST_DISCARDED; total += count) {
                count = input.read(waste);
            }
        } finally {
            Arrays.fill(waste, (byte) 0);
        }
    }

    private ControlReply reply(UnixDomainPrincipal principal, TimedChannel channel) throws IOException {
        String user = principal.user().getName();
        Optional<Peer> peer = roles.peer(user, principal.group().getName());
        if (peer.isEmpty()) {
            LOG.warn("user {} was refused at the operator socket", user);
            return ControlReply.failed(ExitCode.DENIED, "user " + user + " may not talk to the daemon",
                    "this is for " + roles.allowed());
        }
        try {
            return reply(peer.get(), Frames.readRequest(channel.input()));
        } catch (ControlException e) {
            return ControlReply.failed(e);
        }
    }

    private ControlReply reply(Peer peer, IncomingRequest incoming) {
        incoming.secret().ifPresent(liveKeys::register);
        String verb = incoming.request().verb().wireName()
                + (incoming.request().flag(Argument.DRY_RUN) ? " (dry run)" : "");
        if (incoming.request().verb().isMutating() && !peer.isOperator()) {
            LOG.warn("user {} may only look and was refused {}", peer.user(), verb);
            return ControlReply.failed(ExitCode.DENIED, "user " + peer.user() + " may look, but " + verb
                    + " changes things", "this is for " + roles.operators());
        }
        ControlReply reply = handle(peer, incoming);
        LOG.atLevel(incoming.request().verb().isMutating() ? Level.INFO : Level.DEBUG)
                .log("user {} asked for {}: exit {}", peer.user(), verb, reply.exit().number());
        return reply;
    }

    private ControlReply handle(Peer peer, IncomingRequest incoming) {
        try {
            return handler.handle(peer, incoming);
        } catch (ControlException e) {
            return ControlReply.failed(e);
        } catch (RuntimeException | Error e) {
            String identity = UUID.randomUUID().toString();
            LOG.error("request {} of user {} failed; told as failure {}", incoming.request().verb().wireName(),
                    peer.user(), identity, e);
            return ControlReply.failed(ExitCode.FAILURE, "internal failure " + identity,
                    "look for this identity in the daemon's log (journalctl -u keywane)");
        }
    }
}
