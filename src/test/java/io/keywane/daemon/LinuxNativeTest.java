package io.keywane.daemon;

import io.keywane.key.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LinuxNativeTest {
    @Test
    void sinceBoot_readTwice_agreesWithTheKernelsUptime() throws IOException {
        double uptime = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
        Duration first = LinuxNative.sinceBoot();
        Duration second = LinuxNative.sinceBoot();
        assertThat(second).isGreaterThanOrEqualTo(first);
        assertThat(first.toMillis() / 1_000.0).isCloseTo(uptime, within(5.0));
    }

    @Test
    void clock_readTwice_isOfOneBootAndMovesEvenly() throws InterruptedException {
        SystemHostClock clock = new SystemHostClock();
        Moment before = clock.now();
        Thread.sleep(20);
        Moment after = clock.now();
        assertThat(before.boot()).matches("[0-9a-f]{32}");
        assertThat(after.elapsedSince(before).orElseThrow()).isBetween(Duration.ofMillis(20), Duration.ofSeconds(10));
        assertThat(Duration.between(after.wall(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void effectiveUserId_asked_isTheOwnerOfThisProcess() throws IOException {
        Object owner = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assertThat(LinuxNative.effectiveUserId()).isEqualTo(((Number) owner).longValue());
    }

    @Test
    void describe_errorNumber_isTheSystemsText() {
        assertThat(new NativeException("connect", 2)).hasMessage("connect: No such file or directory (errno 2)");
        assertThatThrownBy(() -> {
            try (UnixDatagram socket = UnixDatagram.open(Duration.ofSeconds(1))) {
                socket.connect("/nowhere/at/all");
            }
        }).isInstanceOf(NativeException.class).hasMessageStartingWith("connect: No such file");
    }

    @Test
    void randomness_drawn_isInRangeAndNeverTheSame() {
        SystemRandomness randomness = new SystemRandomness();
        assertThat(randomness.fraction()).isBetween(0.0, Math.nextDown(1.0));
        assertThat(randomness.bytes(32)).hasSize(32).isNotEqualTo(randomness.bytes(32));
    }

    @Test
    void bootId_fileHidden_comesFromTheUnit(@TempDir Path folder) {
        String handedIn = "0123456789abcdef0123456789abcdef";
        assertThat(LinuxNative.bootId(folder.resolve("none"), Map.of("KEYWANE_BOOT_ID", handedIn))).isEqualTo(handedIn);
        assertThatThrownBy(() -> LinuxNative.bootId(folder.resolve("none"), Map.of()))
                .hasMessageContaining("Environment=KEYWANE_BOOT_ID=%b");
    }
}
