package io.keywane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The systemd unit as a file: how exposed systemd finds it, and what operators and the JVM rely on. */
class UnitFileTest {
    private static final Path UNIT = Path.of("systemd/keywane.service");

    @Test
    void unit_exposure_is12TenthsOrLess() throws Exception {
        assertThat(exposedAbove(12)).isZero();
        assertThat(exposedAbove(11)).as("the threshold is in tenths").isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Type=notify", "NotifyAccess=main", "RestartPreventExitStatus=78", "SuccessExitStatus=143",
        "User=keywane", "StateDirectoryMode=0700", "RuntimeDirectoryMode=0750", "UMask=0077", "LimitCORE=0",
        "MemorySwapMax=0", "WatchdogSignal=SIGKILL", "ExecReload=/bin/sh -c 'kill -HUP $$MAINPID'"})
    void unit_promise_isKept(String line) throws IOException {
        assertThat(Files.readAllLines(UNIT)).contains(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MemoryDenyWriteExecute=", "PrivateUsers=", "SendSIGKILL="})
    void unit_whatWouldBreakTheDaemon_isAbsent(String setting) throws IOException {
        assertThat(Files.readAllLines(UNIT)).noneMatch(line -> line.startsWith(setting));
    }

    @Test
    void reloadPair_namesThePublishedFileAndOneUnitOnly() throws IOException {
        assertThat(Files.readAllLines(Path.of("systemd/keywane-reload@.path")))
                .contains("PathChanged=/run/keywane-keys/%i/key", "WantedBy=multi-user.target");
        assertThat(Files.readAllLines(Path.of("systemd/keywane-reload@.service")))
                .contains("ExecStart=/usr/bin/systemctl try-reload-or-restart %i.service", "CapabilityBoundingSet=")
                .noneMatch(line -> line.startsWith("WantedBy="));
    }

    private static int exposedAbove(int tenths) throws IOException, InterruptedException {
        Path analyze = Peers.require("systemd-analyze", Peers.onPath("systemd-analyze"));
        Process process = new ProcessBuilder(List.of(analyze.toString(), "security", "--offline=true",
                "--threshold=" + tenths, "--no-pager", UNIT.toAbsolutePath().toString())).redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("Overall exposure level for keywane.service");
        return process.waitFor();
    }
}
