package io.keywane.daemon;

import io.keywane.control.Argument;
import io.keywane.control.ControlClient;
import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.IncomingRequest;
import io.keywane.control.KeyList;
import io.keywane.control.Verb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ControlServerTest {
    private static final String CANARY = "ControlCanary-0123456789-abcdefghij";
    private static final ControlServer.Limits LIMITS = new ControlServer.Limits(2, Duration.ofMillis(500),
            Duration.ofSeconds(1));

    @TempDir
    private Path folder;
    private final LiveKeyMask liveKeys = new LiveKeyMask();
    private final AtomicReference<Peer> peer = new AtomicReference<>();
    private final AtomicReference<IncomingRequest> received = new AtomicReference<>();
    private final AtomicReference<ControlHandler> handler = new AtomicReference<>((_, _) -> keys());
    private Path socket;
    private ControlServer server;

    @BeforeEach
    void start() throws IOException {
        socket = folder.resolve("control.sock");
        server = start(LinuxNative.effectiveUserId());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void request_ofTheDaemonsUser_reachesTheHandlerAsOperator() {
        ControlReply reply = client().call(ControlRequest.of(Verb.KEYS_LIST));
        assertThat(reply.exit()).isEqualTo(ExitCode.DONE);
        assertThat(reply.resultAs(KeyList.class).keys()).isEmpty();
        assertThat(peer.get()).isEqualTo(new Peer(System.getProperty("user.name"), Role.OPERATOR));
        assertThat(requireNonNull(received.get()).request().verb()).isEqualTo(Verb.KEYS_LIST);
    }

    @Test
    void request_withSecret_isMaskedBeforeTheHandlerSeesIt() {
        AtomicReference<String> masked = new AtomicReference<>("");
        handler.set((_, incoming) -> {
            masked.set(liveKeys.mask("got " + incoming.secret().orElseThrow().exposeString()));
            return keys();
        });
        client().call(ControlRequest.of(Verb.ROTATION_SUPPLY, "search-production").with(Argument.DASHBOARD_NAME, "x"),
                Fixtures.material(CANARY));
        assertThat(masked.get()).isEqualTo("got " + LiveKeyMask.MASK);
    }

    @Test
    void handlerRefuses_replyCarriesItsExitAndHint() {
        handler.set((_, _) -> {
            throw new ControlException(ExitCode.NOT_FOUND, "no key x", "keywane keys list");
        });
        ControlReply reply = client().call(ControlRequest.of(Verb.KEYS_SHOW, "x"));
        assertThat(reply.exit()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(reply.error().orElseThrow().hint()).contains("keywane keys list");
    }

    @Test
    void handlerFails_replyNamesAnIdentityAndNothingElse() {
        handler.set((_, _) -> {
            throw new IllegalStateException(CANARY);
        });
        ControlReply reply = client().call(ControlRequest.of(Verb.KEYS_LIST));
        assertThat(reply.exit()).isEqualTo(ExitCode.FAILURE);
        assertThat(reply.error().orElseThrow().message()).matches("internal failure [0-9a-f-]{36}");
        assertThat(reply.toString()).doesNotContain(CANARY);
    }

    @Test
    void request_malformed_isAnsweredAsWrongUse() throws IOException {
        try (SocketChannel channel = connect()) {
            channel.write(ByteBuffer.wrap((CANARY + "\n").getBytes(StandardCharsets.US_ASCII)));
            assertThat(read(channel)).contains("malformed request").doesNotContain(CANARY);
        }
    }

    @Test
    void peer_silent_isCutOff() throws IOException {
        try (SocketChannel channel = connect()) {
            assertThat(read(channel)).isEmpty();
        }
        assertThat(client().call(ControlRequest.of(Verb.KEYS_LIST)).exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void connections_tooMany_areToldSoAndLaterServed() throws IOException {
        CountDownLatch busy = new CountDownLatch(2);
        CountDownLatch released = new CountDownLatch(1);
        handler.set((_, _) -> {
            busy.countDown();
            await().until(() -> released.getCount() == 0);
            return keys();
        });
        List<Thread> holders = List.of(inBackground(), inBackground());
        await().until(() -> busy.getCount() == 0);
        ControlReply refused = client().call(ControlRequest.of(Verb.KEYS_LIST));
        released.countDown();
        assertThat(refused.error().orElseThrow().message()).contains("serves 2 requests already");
        holders.forEach(ControlServerTest::join);
        await().untilAsserted(
                () -> assertThat(client().call(ControlRequest.of(Verb.KEYS_LIST)).exit()).isEqualTo(ExitCode.DONE));
    }

    @Test
    void close_removesTheSocketAndLetsRequestsEnd() {
        CountDownLatch busy = new CountDownLatch(1);
        AtomicReference<ExitCode> exit = new AtomicReference<>();
        handler.set((_, _) -> {
            busy.countDown();
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return keys();
        });
        Thread asking = Thread.ofVirtual()
                .start(() -> exit.set(client().call(ControlRequest.of(Verb.KEYS_LIST)).exit()));
        await().until(() -> busy.getCount() == 0);
        server.close();
        join(asking);
        assertThat(exit.get()).isEqualTo(ExitCode.DONE);
        assertThat(socket).doesNotExist();
    }

    private Thread inBackground() {
        return Thread.ofVirtual().start(() -> client().call(ControlRequest.of(Verb.KEYS_LIST)));
    }

    private ControlServer start(long ownUserId) throws IOException {
        var settings = Fixtures.service(socket, List.of(), List.of());
        return ControlServer.start(settings, new PeerRoles(new UserDatabase(), ownUserId, settings), liveKeys,
                (who, incoming) -> {
                    peer.set(who);
                    received.set(incoming);
                    return requireNonNull(handler.get()).handle(who, incoming);
                }, LIMITS);
    }

    private ControlClient client() {
        return new ControlClient(socket, Duration.ofSeconds(20));
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    private static String read(SocketChannel channel) throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4_096);
        while (channel.read(buffer) >= 0) {
            text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
            buffer.clear();
        }
        return text.toString();
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ControlReply keys() {
        return ControlReply.done(new KeyList(List.of()));
    }
}
