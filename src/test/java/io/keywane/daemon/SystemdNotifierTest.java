package io.keywane.daemon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class SystemdNotifierTest {
    @Test
    void messages_pathSocket_arriveAsSystemdReadsThem(@TempDir Path folder) throws IOException {
        String address = folder.resolve("notify").toString();
        try (UnixDatagram systemd = listen(address)) {
            SystemdNotifier notifier = SystemdNotifier.of(Map.of("NOTIFY_SOCKET", address), 1);
            notifier.ready();
            notifier.reloading();
            notifier.status("probes 3 keys\nREADY=0");
            notifier.watchdog();
            notifier.stopping();
            assertThat(notifier.isActive()).isTrue();
            assertThat(next(systemd)).isEqualTo("READY=1");
            assertThat(next(systemd)).matches("RELOADING=1\nMONOTONIC_USEC=[1-9][0-9]*");
            assertThat(next(systemd)).isEqualTo("STATUS=probes 3 keys READY=0");
            assertThat(next(systemd)).isEqualTo("WATCHDOG=1");
            assertThat(next(systemd)).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void messages_abstractSocket_arrive() throws IOException {
        String address = "@keywane-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        try (UnixDatagram systemd = listen(address)) {
            SystemdNotifier.of(Map.of("NOTIFY_SOCKET", address), 1).ready();
            assertThat(next(systemd)).isEqualTo("READY=1");
        }
    }

    @Test
    void messages_nobodyListens_failNobody(@TempDir Path folder) {
        SystemdNotifier orphaned = SystemdNotifier
                .of(Map.of("NOTIFY_SOCKET", folder.resolve("gone").toString()), 1);
        assertThatCode(orphaned::ready).doesNotThrowAnyException();
        SystemdNotifier invalid = SystemdNotifier.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234"), 1);
        assertThatCode(invalid::ready).doesNotThrowAnyException();
        SystemdNotifier inactive = SystemdNotifier.of(Map.of(), 1);
        assertThat(inactive.isActive()).isFalse();
        assertThatCode(inactive::ready).doesNotThrowAnyException();
    }

    @Test
    void watchdogInterval_asked_isHalfOfTheLimit() {
        assertThat(SystemdNotifier.of(Map.of("WATCHDOG_USEC", "30000000"), 7).watchdogInterval())
                .contains(Duration.ofSeconds(15));
        assertThat(SystemdNotifier.of(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "7"), 7).watchdogInterval())
                .contains(Duration.ofSeconds(15));
    }

    @Test
    void watchdogInterval_notForThisProcessOrNonsense_isEmpty() {
        assertThat(SystemdNotifier.of(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "8"), 7).watchdogInterval())
                .isEmpty();
        assertThat(SystemdNotifier.of(Map.of(), 7).watchdogInterval()).isEmpty();
        assertThat(SystemdNotifier.of(Map.of("WATCHDOG_USEC", "soon"), 7).watchdogInterval()).isEmpty();
        assertThat(SystemdNotifier.of(Map.of("WATCHDOG_USEC", "0"), 7).watchdogInterval()).isEmpty();
        assertThat(SystemdNotifier.of(Map.of("WATCHDOG_USEC", "9223372036854775807"), 7).watchdogInterval()).isEmpty();
    }

    private static UnixDatagram listen(String address) throws IOException {
        UnixDatagram socket = UnixDatagram.open(Duration.ofSeconds(10));
        socket.bind(address);
        return socket;
    }

    private static String next(UnixDatagram socket) throws IOException {
        return new String(socket.receive(4_096), StandardCharsets.UTF_8);
    }
}
