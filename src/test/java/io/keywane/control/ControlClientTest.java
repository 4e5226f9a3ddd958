package io.keywane.control;

import io.keywane.key.KeyMaterial;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

final class ControlClientTest {
    private static final ControlRequest START = ControlRequest.of(Verb.ROTATION_START, "search-production")
            .withRequestId("req-1");

    @TempDir
    private Path directory;

    @Test
    void call_daemonAnswers_givesTheReply() throws IOException {
        try (FakeDaemon daemon = FakeDaemon.canned(socket())) {
            ControlReply reply = client().call(ControlRequest.of(Verb.KEYS_LIST));

            assertThat(reply.resultAs(KeyList.class)).isEqualTo(CannedResults.of(Verb.KEYS_LIST));
            assertThat(daemon.requests()).hasSize(1);
        }
    }

    @Test
    void call_withSecret_carriesItBesideTheRequest() throws IOException {
        KeyMaterial secret = KeyMaterial.copyOf("x".repeat(512).getBytes(UTF_8));
        ControlRequest supply = ControlRequest.of(Verb.ROTATION_SUPPLY, "search-production");
        try (FakeDaemon daemon = FakeDaemon.canned(socket())) {
            client().call(supply, secret);

            assertThat(daemon.requests()).containsExactly(new IncomingRequest(supply, Optional.of(secret)));
        }
    }

    @Test
    void call_errorReply_isTheReply() throws IOException {
        ControlReply denied = ControlReply.failed(ExitCode.DENIED, "readers may not", "ask an operator");
        try (FakeDaemon _ = new FakeDaemon(socket(), _ -> denied)) {
            assertThat(client().call(START)).isEqualTo(denied);
        }
    }

    @Test
    void call_largeReply_arrivesWhole() throws IOException {
        AuditLines.Line line = ((AuditLines) CannedResults.of(Verb.AUDIT_TAIL)).lines().getFirst();
        AuditLines many = new AuditLines(java.util.Collections.nCopies(20_000, line));
        try (FakeDaemon _ = new FakeDaemon(socket(), _ -> ControlReply.done(many))) {
            assertThat(client().call(ControlRequest.of(Verb.AUDIT_TAIL)).resultAs(AuditLines.class)).isEqualTo(many);
        }
    }

    @Test
    void call_noSocket_isUnreachableAndNamesIt() {
        assertFails(() -> client().call(START), ExitCode.UNREACHABLE,
                "daemon unreachable: there is no socket " + socket());
    }

    @Test
    void call_nobodyListens_isUnreachable() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertThat(Files.exists(socket())).isTrue();

        assertFails(() -> client().call(START), ExitCode.UNREACHABLE,
                "daemon unreachable: nobody listens at " + socket());
    }

    @Test
    void call_noAnswerToAChange_isOutcomeUnknownWithTheRequestId() throws IOException {
        try (FakeDaemon _ = new FakeDaemon(socket(), _ -> FakeDaemon.HANG_UP)) {
            ControlException e = assertFails(() -> client().call(START), ExitCode.OUTCOME_UNKNOWN,
                    "the daemon at " + socket() + " took rotation.start but did not answer; it may or may not be done");
            assertThat(e.error().hint()).contains("repeat the command with --request-id req-1: it is done once, and the"
                    + " first outcome is told");
        }
    }

    @Test
    void call_noAnswerToAReading_isUnreachable() throws IOException {
        try (FakeDaemon _ = new FakeDaemon(socket(), _ -> FakeDaemon.HANG_UP)) {
            assertFails(() -> client().call(ControlRequest.of(Verb.DOCTOR)), ExitCode.UNREACHABLE,
                    "the daemon at " + socket() + " took doctor but did not answer");
        }
    }

    @Test
    void call_silentPeer_endsAtTheTimeout() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket()));
            long before = System.nanoTime();

            assertFails(() -> new ControlClient(socket(), Duration.ofMillis(200)).call(START), ExitCode.OUTCOME_UNKNOWN,
                    "the daemon at " + socket() + " took rotation.start but did not answer; it may or may not be done");

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(190),
                    Duration.ofSeconds(30));
        }
    }

    @Test
    void call_peerOfAnotherProtocol_isSaidSo() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket()));
            Thread.ofVirtual().start(() -> {
                try (TimedChannel channel = new TimedChannel(server.accept(), Duration.ofSeconds(5))) {
                    channel.output().write("220 mail.example ESMTP\n".getBytes(UTF_8));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThatThrownBy(() -> client().call(ControlRequest.of(Verb.DOCTOR)))
                    .hasMessage("what answered at the socket does not speak Keywane's protocol");
        }
    }

    private Path socket() {
        return directory.resolve("s");
    }

    private ControlClient client() {
        return new ControlClient(socket(), Duration.ofSeconds(10));
    }

    private static ControlException assertFails(ThrowingCallable call, ExitCode exit, String message) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).hasMessage(message);
        ControlException e = assertThat(thrown).asInstanceOf(InstanceOfAssertFactories.type(ControlException.class))
                .actual();
        assertThat(e.exit()).isEqualTo(exit);
        return e;
    }
}
