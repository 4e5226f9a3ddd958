package io.keywane.daemon;

import io.keywane.engine.Settings.ServiceSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import static java.util.Objects.requireNonNull;

/** Serves operators at a Unix socket: a virtual thread for each connection, and so many at once. */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

    private final SocketFile file;
    private final ServerSocketChannel channel;
    private final ControlConversation conversation;
    private final Semaphore places;
    private final Limits limits;
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("control-", 0).factory());

    private ControlServer(SocketFile file, ServerSocketChannel channel, ControlConversation conversation,
            Limits limits) {
        this.file = file;
        this.channel = channel;
        this.conversation = conversation;
        this.limits = limits;
        this.places = new Semaphore(limits.connections());
    }

    /**
     * What one peer, and all together, may take.
     *
     * @param connections the most at once
     * @param patience how long a peer may take to send its request, and again to read the reply
     * @param grace how long requests under way may take to end when the server closes
     */
    public record Limits(int connections, Duration patience, Duration grace) {
        public static final Limits DEFAULT = new Limits(32, Duration.ofSeconds(10), Duration.ofSeconds(5));

        public Limits {
            requireNonNull(patience, "patience is null");
            requireNonNull(grace, "grace is null");
            if (connections < 1 || !patience.isPositive() || grace.isNegative()) {
                throw new IllegalArgumentException("limits must be above 0");
            }
        }
    }

    /**
     * Starts to serve.
     *
     * @throws IOException if the socket cannot be made, or another daemon has it; the message names it and the way out
     */
    public static ControlServer start(ServiceSettings settings, PeerRoles roles, LiveKeyMask liveKeys,
            ControlHandler handler, Limits limits) throws IOException {
        SocketFile file = new SocketFile(settings, new UserDatabase());
        ControlConversation conversation = new ControlConversation(roles, liveKeys, handler, limits.patience());
        ControlServer server = new ControlServer(file, file.listen(), conversation, limits);
        Thread.ofPlatform().name("control-accept").daemon().start(server::acceptAll);
        return server;
    }

    /** Takes no more connections, lets those under way end within the grace, then interrupts them. */
    @Override
    public void close() {
        try (channel) {
            file.delete();
        } catch (IOException e) {
            LOG.warn("the operator socket was not removed: {}", e.getMessage());
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(limits.grace().toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAll() {
        while (channel.isOpen()) {
            try {
                dispatch(channel.accept());
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.error("the operator socket could not take a connection: {}", e.getMessage());
                pause();
            }
        }
    }

    private void dispatch(SocketChannel peer) throws IOException {
        boolean hasPlace = places.tryAcquire();
        try {
            threads.execute(
                    hasPlace ? () -> converse(peer) : () -> conversation.refuseAsBusy(peer, limits.connections()));
        } catch (RejectedExecutionException _) {
            peer.close(); // the server is closing
        }
    }

    private void converse(SocketChannel peer) {
        try {
            conversation.hold(peer);
        } finally {
            places.release();
        }
    }

    // Such as "too many open files": without a pause the loop would burn a processor until it passes.
    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
