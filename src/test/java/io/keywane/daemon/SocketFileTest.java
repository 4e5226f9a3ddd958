package io.keywane.daemon;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SocketFileTest {
    @TempDir
    private Path folder;
    private Path socket;

    @BeforeEach
    void name() {
        socket = folder.resolve("control.sock");
    }

    @Test
    void listen_newFolder_isMadeForTheDaemonAndItsGroupOnly() throws IOException {
        Path run = folder.resolve("run/keywane");
        Path deep = run.resolve("control.sock");
        try (ServerSocketChannel _ = file(deep).listen()) {
            assertThat(rights(run)).isEqualTo("rwxr-x---");
            assertThat(rights(deep)).isEqualTo("rw-rw----");
        }
    }

    @Test
    void listen_socketOfADeadDaemon_isReplaced() throws IOException {
        file(socket).listen().close();
        assertThat(socket).exists();
        try (ServerSocketChannel again = file(socket).listen()) {
            assertThat(again.isOpen()).isTrue();
        }
    }

    @Test
    void listen_socketOfALiveDaemon_isLeftAlone() throws IOException {
        try (ServerSocketChannel _ = file(socket).listen()) {
            assertThatThrownBy(() -> file(socket).listen()).isInstanceOf(IOException.class)
                    .hasMessageContaining("another daemon answers at " + socket).hasMessageContaining("stop it first");
            assertThat(socket).exists();
        }
    }

    @Test
    void listen_otherFileInTheWay_isLeftAlone() throws IOException {
        Files.writeString(socket, "precious");
        assertThatThrownBy(() -> file(socket).listen()).hasMessageContaining("is no socket");
        assertThat(socket).hasContent("precious");
    }

    @Test
    void listen_folderOpenToOthers_isRefused() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
        assertThatThrownBy(() -> file(socket).listen()).hasMessageContaining(folder.toString())
                .hasMessageContaining("chmod 0750");
        assertThat(socket).doesNotExist();
    }

    @Test
    void listen_pathTooLong_saysSo() {
        Path far = folder.resolve("x".repeat(120));
        assertThatThrownBy(() -> file(far).listen()).isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot listen at " + far);
    }

    @Test
    void listen_unknownGroup_isNoObstacle() throws IOException {
        try (ServerSocketChannel channel = new SocketFile(Fixtures.service(socket, List.of(), List.of("no-such-group")),
                new UserDatabase()).listen()) {
            assertThat(channel.isOpen()).isTrue();
        }
    }

    private static SocketFile file(Path path) {
        return new SocketFile(Fixtures.service(path, List.of(), List.of()), new UserDatabase());
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
