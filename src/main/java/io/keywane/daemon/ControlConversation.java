package io.keywane.daemon;

import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ExitCode;
import io.keywane.control.Frames;
import io.keywane.control.IncomingRequest;
import io.keywane.control.TimedChannel;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNull;

/** One connection of the operator socket: who is it, what does it ask, may it, what came of it. */
final class ControlConversation {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConversation.class);

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
        try (TimedChannel channel = new TimedChannel(peer, patience)) {
            ControlReply reply = reply(peer.getOption(ExtendedSocketOptions.SO_PEERCRED), channel);
            channel.restart(patience);
            Frames.writeReply(channel.output(), reply);
        } catch (IOException e) {
            LOG.debug("a connection of the operator socket ended early: {}", e.getMessage());
        }
    }

    void refuseAsBusy(SocketChannel peer, int connections) {
        try (TimedChannel channel = new TimedChannel(peer, patience)) {
            Frames.writeReply(channel.output(), ControlReply.failed(ExitCode.FAILURE,
                    "the daemon serves " + connections + " requests already", "try again in some seconds"));
        } catch (IOException e) {
            LOG.debug("a connection of the operator socket ended early: {}", e.getMessage());
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
        String verb = incoming.request().verb().wireName();
        if (incoming.request().verb().isMutating() && !peer.isOperator()) {
            LOG.warn("user {} may only look and was refused {}", peer.user(), verb);
            return ControlReply.failed(ExitCode.DENIED, "user " + peer.user() + " may look, but " + verb
                    + " changes things", "this is for " + roles.operators());
        }
        ControlReply reply = handle(peer, incoming);
        LOG.atLevel(incoming.request().verb().isMutating() ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.DEBUG)
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
