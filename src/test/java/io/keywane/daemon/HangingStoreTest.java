package io.keywane.daemon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A daemon whose keys lie in a store that takes connections and never answers. */
@Timeout(120)
class HangingStoreTest {
    private static final int KEYS = 30;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private Path config(int port) throws Exception {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < KEYS; i++) {
            keys.append("  hangs-").append(i)
                    .append(": {organisation: acme, owner: team, store: {name: vault, path: app-").append(i)
                    .append(", field: key}}\n");
        }
        Files.writeString(folder.resolve("kek"), "00112233".repeat(8));
        Files.setPosixFilePermissions(folder.resolve("kek"),
                PosixFilePermissions.fromString("rw-------"));
        Files.writeString(folder.resolve("token"), "no-secret");
        Files.createDirectories(folder.resolve("state"));
        Files.createDirectories(folder.resolve("run"));
        return Files.writeString(folder.resolve("keywane.yaml"), """
                organisations: {acme: {}}
                provider: {base_url: "http://127.0.0.1:9"}
                stores:
                  vault: {type: vault, address: "http://127.0.0.1:%d", timeout: %ds, login: {token: {file: %s}}}
                storage: {key_encryption_key: {file: %s}, keys: %s, database: %s, publish: %s}
                service: {socket: %s, http: 127.0.0.1:0}
                keys:
                  search: {organisation: acme, owner: team}
                %s""".formatted(port, TIMEOUT.toSeconds(), folder.resolve("token"), folder.resolve("kek"),
                folder.resolve("keys"), folder.resolve("state/keywane.db"), folder.resolve("published"),
                folder.resolve("run/keywane.sock"), keys));
    }

    /** Counted, not timed: each login costs its whole timeout, and a busy host costs what it likes. */
    @Test
    void start_manyKeysInAStoreThatHangs_waitsForFewLogins() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> take(silent, connections));
            try (AutoCloseable _ = DaemonHere.start(config(silent.getLocalPort()))) {
                assertThat(connections.get()).as("with %s keys", KEYS).isPositive().isLessThan(KEYS / 2);
            }
        }
    }

    private static void take(ServerSocket silent, AtomicInteger connections) {
        List<Socket> open = new ArrayList<>();
        try {
            while (true) {
                open.add(silent.accept());
                connections.incrementAndGet();
            }
        } catch (IOException e) {
            assertThat(silent.isClosed()).as("the test is over, after %s connections: %s", open.size(), e).isTrue();
        }
    }
}
