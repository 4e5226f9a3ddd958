package io.keywane.sandbox;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class SandboxCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "--model=gcr | Invalid value for option '--model': 'gcr' is not one of rolling, rolling-buckets, fixed, "
                + "fixed-from-first-request, gcra, weighted",
        "--shown=all | Invalid value for option '--shown': 'all' is not one of tightest, first, last",
        "--reset=never | Invalid value for option '--reset': 'never' is not one of now, oldest",
        "--feed-plan=half | Invalid value for option '--feed-plan': 'half' is not one of open, closed",
        "--windows=60s,1x,24h | '1x' is not a window: write a number with s, m, h or d",
        "--windows=60s,1h | --general-limits: 2 windows but 3 limits",
        "--windows=1h,60s,24h | the windows of the general group do not ascend: PT1H, PT1M",
        "--feed-limits=1,2,0 | --feed-limits: limit 0 is not between 1 and 10000000",
        "--port=70000 | port 70000 is not between 0 and 65535",
        "--refused-counted=503 | counted: 503 is not a 4xx status",
        "--counts-answered=perhaps | Invalid value for option '--counts-answered'",
        "--placement=near | 'near' is not one of one, by-address, by-connection, round-robin",
        "--nodes=3 | placement one does not go with nodes 3",
        "--key=Search | Invalid value for option '--key' (NAME): invalid key name \"Search\": need 1 to 63 characters",
        "--lag=-1 | lag PT-0.001S is not between zero and PT1H",
        "--sede=1 | Unknown option: '--sede=1'"})
    void option_thatMakesNoSense_isExplainedWithExitTwo(String option, String message) {
        assertThat(commandLine().execute("--state-dir", folder.toString(), option)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void help_asked_showsAWorkedExample() {
        assertThat(commandLine().execute("--help")).isZero();
        assertThat(out.toString()).contains("keywane sandbox --state-dir box --windows 20s,1h,24h")
                .contains("--counts-answered").doesNotContain("${DEFAULT-VALUE}");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void portTaken_start_failsWithExitOne() throws Exception {
        try (Sandbox other = Sandbox.start(SandboxSettings.defaults(folder.resolve("other")))) {
            int port = other.baseUrl().getPort();
            int exit = commandLine().execute("--state-dir", folder.resolve("own").toString(), "--port",
                    String.valueOf(port));
            assertThat(exit).isEqualTo(1);
            assertThat(err.toString()).contains("keywane sandbox: the api port " + port + " on 127.0.0.1 is taken");
        }
    }

    @Test
    void stateDirectory_isAFile_failsWithExitOne() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(commandLine().execute("--state-dir", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("the state directory " + file + " can't be made");
    }

    @Test
    void stateDirectory_notGiven_isTemporaryAndGoesAway() throws Exception {
        Thread runner = Thread.ofPlatform().start(() -> commandLine().execute());
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> out.toString().contains("\"ready\":true"));
        Path temporary = Path.of(Json.STRICT.readTree(out.toString()).get("state_dir").asString());
        assertThat(temporary.resolve("control-token")).exists();
        runner.interrupt();
        assertThat(runner.join(Duration.ofSeconds(20))).isTrue();
        assertThat(temporary).doesNotExist();
    }

    @Test
    void options_given_takeEffectUntilInterrupted() throws Exception {
        Path state = folder.resolve("state");
        Thread runner = Thread.ofPlatform().start(() -> commandLine().execute("--state-dir", state.toString(), "--seed",
                "5", "--windows", "20s,1h", "--general-limits", "7,70", "--feed-limits", "3,30", "--model", "fixed",
                "--shown", "first", "--counts-answered", "false", "--feed-plan", "closed", "--group-header",
                "--placement", "round-robin", "--nodes", "3", "--lag", "250"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> out.toString().contains("\"ready\":true"));
        try (SandboxControlClient client = SandboxControlClient.of(state)) {
            client.createOrganisation(SandboxControl.NewOrganisation.of("acme", 10));
            assertThat(client.organisations().getFirst().feedPlan()).isEqualTo(FeedPlan.CLOSED);
            assertThat(client.rates("org-1").topology())
                    .isEqualTo(new Topology(Placement.ROUND_ROBIN, 3, Duration.ofMillis(250)));
            String key = client.createKey(SandboxControl.NewKey.of("org-1", null)).value();
            assertThat(key).isEqualTo(new KeyGenerator(5).value(1));
            String answer = RawHttp.send(StateDirectory.existing(state).readEndpoints().baseUrl(),
                    "GET /api/connectors/filters HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Api-Key: " + key
                            + "\r\n\r\n");
            assertThat(answer).contains("X-RateLimit-Limit: 7\r\n").contains("X-RateLimit-Remaining: 7\r\n")
                    .contains("X-RateLimit-Group: general\r\n");
        }
        runner.interrupt();
        assertThat(runner.join(Duration.ofSeconds(20))).isTrue();
        assertThat(Files.exists(state.resolve("control-token"))).isFalse();
        assertThat(out.toString().lines()).hasSize(1);
    }

    private CommandLine commandLine() {
        return new CommandLine(new SandboxCommand()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }
}
