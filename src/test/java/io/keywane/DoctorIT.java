package io.keywane;

import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.DoctorReport;
import io.keywane.control.ExitCode;
import io.keywane.control.Verb;
import io.keywane.sandbox.Faults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person sees who asks a running daemon what is wrong, or starts a second one. */
class DoctorIT {
    @TempDir
    private Path folder;

    @Test
    void doctor_strippedHeaderAndClosedPort_saysEachInItsOwnWords() throws Exception {
        try (Rig rig = new Rig(folder)) {
            Process daemon = rig.start();
            rig.importKey(rig.createKey("first"));
            assertThat(doctor(rig).exit()).isEqualTo(ExitCode.DONE);

            rig.sandbox().setFaults(Faults.NONE.withStripKeyHeader(true));
            ControlReply stripped = doctor(rig);
            assertThat(stripped.exit()).isEqualTo(ExitCode.PROBLEMS_FOUND);
            assertThat(problems(stripped)).contains("a proxy strips the X-Api-Key header, or all keys were revoked")
                    .doesNotContain("does not answer");

            rig.sandbox().setFaults(Faults.NONE);
            daemon.destroy();
            assertThat(daemon.waitFor(30, TimeUnit.SECONDS)).isTrue();
            rig.configure(closedPort());
            rig.start();
            ControlReply unreachable = doctor(rig);
            assertThat(unreachable.exit()).isEqualTo(ExitCode.PROBLEMS_FOUND);
            assertThat(problems(unreachable)).contains("does not answer the public control request")
                    .doesNotContain("proxy strips");
        }
    }

    @Test
    void daemon_secondOnTheSameState_refusesAndNamesTheFirst() throws Exception {
        try (Rig rig = new Rig(folder)) {
            Process first = rig.start();
            Path output = folder.resolve("second.log");
            Process second = rig.launch(output, "daemon", "--config", folder.resolve("keywane.yaml").toString());

            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isEqualTo(1);
            assertThat(Files.readString(output)).contains("keywane: cannot start")
                    .contains(folder.resolve("state/lock").toString())
                    .contains(Long.toString(first.pid()));
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void daemon_badConfiguration_ends78AndSaysWhere() throws Exception {
        try (Rig rig = new Rig(folder)) {
            Path bad = Files.writeString(folder.resolve("bad.yaml"),
                    Files.readString(folder.resolve("keywane.yaml")).replace("quiet_period: 25s", "quiet_perod: 25s"));
            Path output = folder.resolve("bad.log");
            Process daemon = rig.launch(output, "daemon", "--config", bad.toString());

            assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(daemon.exitValue()).isEqualTo(78);
            assertThat(Files.readString(output)).contains(bad + ":").contains("quiet_perod").contains("quiet_period");
        }
    }

    private static ControlReply doctor(Rig rig) {
        return rig.client().call(ControlRequest.of(Verb.DOCTOR));
    }

    private static String problems(ControlReply reply) {
        return reply.resultAs(DoctorReport.class).checks().stream()
                .filter(check -> check.level() == DoctorReport.Level.PROBLEM).map(DoctorReport.Check::message)
                .reduce("", (all, message) -> all + message + "\n");
    }

    private static URI closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
