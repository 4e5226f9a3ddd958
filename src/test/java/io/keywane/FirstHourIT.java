package io.keywane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs every block of {@code docs/first-hour.md} that is marked {@code sh}, in order, as one who reads it would. */
@Execution(ExecutionMode.CONCURRENT)
class FirstHourIT {
    private static final Path HOME = Path.of(System.getProperty("keywane.home", "")).toAbsolutePath();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    @TempDir
    private Path folder;

    @Test
    void blocks_inOrder_endWithAKeyThatIsRevoked() throws Exception {
        Peers.require("curl", Peers.onPath("curl"));
        String blocks = BLOCK.matcher(Files.readString(HOME.resolve("docs/first-hour.md"))).results()
                .map(block -> block.group(1)).collect(Collectors.joining());
        assertThat(blocks).contains("127.0.0.1:9847");
        Path script = Files.writeString(folder.resolve("blocks"), """
                set -euo pipefail
                trap 'kill $(jobs -p); wait' EXIT
                """ + blocks.replace("127.0.0.1:9847", "127.0.0.1:" + freePort()));
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", "-x", script.toString()).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().merge("PATH", HOME.toString(), (path, home) -> home + ":" + path);
        builder.environment().put("KEYWANE_NO_BUILD", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(7, TimeUnit.MINUTES)).as(Files.readString(output)).isTrue();
        } finally {
            process.destroy();
        }

        String seen = Files.readString(output);
        assertThat(process.exitValue()).as(seen).isZero();
        Path place = folder.resolve("first-hour");
        assertThat(place.resolve("published/search")).as("what a consumer reads").isNotEmptyFile();
        assertThat(Files.readString(place.resolve("status.html"))).contains("Managed keys", "search</th>");
        assertThat(Files.readString(place.resolve("report.html"))).contains("Rotations", "search</th>");
        assertThat(seen).contains("revoked");
        assertThat(List.of(place.resolve("box/control-token"), place.resolve("run/control.sock")))
                .as("nothing is left running").noneMatch(Files::exists);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
