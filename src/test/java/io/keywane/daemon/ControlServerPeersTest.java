package io.keywane.daemon;

import io.keywane.Peers;
import io.keywane.control.ControlReply;
import io.keywane.control.KeyList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Other users at the socket, as the kernel sees them. Only root can become another user. */
class ControlServerPeersTest {
    private static final String LIST = "{\"v\":1,\"verb\":\"keys.list\"}";
    private static final String PAUSE = "{\"v\":1,\"verb\":\"rotation.pause\",\"arguments\":{\"key\":\"search-production\"}}";
    private static final String CLIENT = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            try:
                s.connect(sys.argv[1])
            except PermissionError:
                print("no access")
                sys.exit()
            s.sendall(sys.stdin.buffer.read())
            s.shutdown(socket.SHUT_WR)
            print(s.makefile().read())
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void needRoot() throws IOException {
        assumeTrue(LinuxNative.effectiveUserId() == 0, "only root can become another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void reader_mayLookAndIsRefusedChanges() throws Exception {
        try (ControlServer _ = serve(List.of("daemon"), List.of("adm"))) {
            assertThat(as("daemon", LIST)).contains("\"exit\":0").contains("\"keys\":[]");
            assertThat(as("daemon", PAUSE)).contains("\"exit\":4")
                    .contains("user daemon may look, but rotation.pause changes things")
                    .contains("members of group adm");
        }
    }

    @Test
    void operator_mayChange() throws Exception {
        try (ControlServer _ = serve(List.of("adm"), List.of("daemon"))) {
            assertThat(as("daemon", PAUSE)).contains("\"exit\":0");
        }
    }

    @Test
    void otherUser_doesNotReachTheSocket() throws Exception {
        try (ControlServer _ = serve(List.of("daemon"), List.of("adm"))) {
            assertThat(as("nobody", LIST)).isEqualTo("no access");
        }
    }

    @Test
    void otherUser_whoReachesTheSocket_isRefusedByName() throws Exception {
        try (ControlServer _ = serve(List.of("daemon"), List.of("adm"))) {
            Files.setPosixFilePermissions(socket().getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(as("nobody", LIST)).contains("\"exit\":4").contains("user nobody may not talk to the daemon")
                    .contains("members of group adm, and for looking members of group daemon");
        }
    }

    private ControlServer serve(List<String> readers, List<String> operators) throws IOException {
        var settings = Fixtures.service(socket(), readers, operators);
        return ControlServer.start(settings, new PeerRoles(new UserDatabase(), 0, settings), new LiveKeyMask(),
                (_, _) -> ControlReply.done(new KeyList(List.of())), ControlServer.Limits.DEFAULT);
    }

    private Path socket() {
        return folder.resolve("run/control.sock");
    }

    private String as(String user, String request) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Peers.require("setpriv", Peers.onPath("setpriv")).toString(), "--reuid=" + user,
                        "--regid=" + group(user),
                        "--clear-groups", python(), "-c", CLIENT, socket().toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).directory(Path.of("/").toFile())
                .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write((request + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }

    // The system's own: another user may not reach one that was installed into a home folder.
    private static String python() {
        return Peers.require("/usr/bin/python3", Optional.of(Path.of("/usr/bin/python3")).filter(Files::isExecutable))
                .toString();
    }

    private static String group(String user) {
        return user.equals("nobody") ? "nogroup" : user;
    }
}
