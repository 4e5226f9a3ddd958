package io.keywane.store;

import io.keywane.Peers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import static org.awaitility.Awaitility.await;

/** The contract against moto, which others write to stand in for AWS. */
class MotoContractIT extends AwsServerContract {
    private static int port;
    private static Process moto;

    @BeforeAll
    static void startMoto() throws IOException {
        Path python = Peers.require("moto (a Python that can import moto.server)", Peers.pythonWith("moto.server"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        moto = new ProcessBuilder(python.toString(), "-m", "moto.server", "-H", "127.0.0.1", "-p",
                Integer.toString(port)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(Duration.ofSeconds(60)).until(MotoContractIT::answers);
    }

    private static boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    @AfterAll
    static void stopMoto() {
        if (moto != null) {
            moto.destroyForcibly();
        }
    }

    @Override
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
