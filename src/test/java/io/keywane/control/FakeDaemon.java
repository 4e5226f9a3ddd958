package io.keywane.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers at a real Unix socket, in this process, by the framing of the product. */
public final class FakeDaemon implements AutoCloseable {
    /** An answer that is not sent: the connection ends without one. */
    public static final ControlReply HANG_UP = ControlReply.failed(ExitCode.FAILURE, "hang up", "");

    private final Path socket;
    private final ServerSocketChannel server;
    private final Function<IncomingRequest, ControlReply> answer;
    private final List<IncomingRequest> requests = new CopyOnWriteArrayList<>();
    private final Thread thread;

    /** Listens at {@code socket}. */
    public FakeDaemon(Path socket, Function<IncomingRequest, ControlReply> answer) throws IOException {
        this.socket = socket;
        this.answer = answer;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        this.thread = Thread.ofVirtual().start(this::serve);
    }

    /** Answers each verb with its canned result. */
    public static FakeDaemon canned(Path socket) throws IOException {
        return new FakeDaemon(socket, incoming -> ControlReply.done(CannedResults.of(incoming.request().verb())));
    }

    /** What was asked so far. */
    public List<IncomingRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(socket);
    }

    private void serve() {
        while (server.isOpen()) {
            try (TimedChannel channel = new TimedChannel(server.accept(), Duration.ofSeconds(10))) {
                serve(channel);
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException _) {
                // A client that hung up: the test looks at the client's side.
            }
        }
    }

    private void serve(TimedChannel channel) throws IOException {
        try {
            IncomingRequest incoming = Frames.readRequest(channel.input());
            requests.add(incoming);
            ControlReply reply = answer.apply(incoming);
            if (!reply.equals(HANG_UP)) {
                Frames.writeReply(channel.output(), reply);
            }
        } catch (ControlException e) {
            Frames.writeReply(channel.output(), ControlReply.failed(e));
        }
    }
}
