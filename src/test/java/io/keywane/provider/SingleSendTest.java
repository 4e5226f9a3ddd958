package io.keywane.provider;

import io.keywane.usage.ProbeKind;
import io.keywane.usage.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the client in a process of its own, started as a daemon's is: whether the JDK sends twice is settled by the first
 * request of a process, and in this one other tests have sent theirs.
 */
class SingleSendTest {
    @Test
    void probe_connectionClosedWithoutAnswer_isSentOnce() throws Exception {
        try (RawServer server = new RawServer(connection -> {})) {
            assertThat(run(server.url())).contains("failure=Optional[CONNECTION_LOST]");
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void probe_connectionReset_isSentOnce() throws Exception {
        try (RawServer server = new RawServer(connection -> connection.setSoLinger(true, 0))) {
            assertThat(run(server.url())).contains("failure=Optional[CONNECTION_LOST]");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-Djdk.httpclient.redirects.retrylimit=5", "-Djdk.httpclient.HttpClient.log=headers",
                "-Djavax.net.debug=all"})
    void construction_processThatSendsTwiceOrLogsTraffic_isRefused(String option) throws Exception {
        try (RawServer server = new RawServer(connection -> {})) {
            assertThat(run(server.url(), option)).contains("IllegalStateException")
                    .contains(option.substring(2, option.indexOf('='))).doesNotContainIgnoringCase("canary");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void probe_manyFailures_printNothingOfTheKey() throws Exception {
        try (RawServer server = RawServer.sending("garbage\r\n\r\n")) {
            String printed = run(server.url());
            assertThat(printed).contains("Sample[").doesNotContainIgnoringCase("canary");
        }
    }

    private static String run(URI url, String... options) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java");
        builder.command().addAll(List.of(options));
        builder.command().addAll(List.of("-cp", System.getProperty("java.class.path"),
                OneProbe.class.getName(), url.toString()));
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return printed;
    }

    /** A process that sends one probe and prints what it brought. */
    static final class OneProbe {
        private OneProbe() {}

        public static void main(String[] arguments) {
            Sample sample = Probes.client(URI.create(arguments[0])).probe(Probes.call(ProbeKind.LIVENESS),
                    Probes.key(Probes.CANARY));
            System.out.println(sample);
        }
    }
}
