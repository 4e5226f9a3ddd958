package io.keywane.cli;

import io.keywane.control.Argument;
import io.keywane.control.CannedResults;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.FakeDaemon;
import io.keywane.control.IncomingRequest;
import io.keywane.control.Verb;
import io.keywane.control.WireJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Every reading verb against canned answers of a daemon at a real socket. */
final class ReadingVerbsTest {
    @TempDir
    private Path directory;
    private FakeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = FakeDaemon.canned(socket());
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    @Test
    void keysList_table_hasALineForEachKey() {
        Run run = Run.of(socket(), "keys", "list");

        assertThat(run.outLines()).containsExactly(
                "KEY                ORGANISATION  ENVIRONMENT  OWNER        VERSION   PREFIX        AGE  LAST SUCCESS         USED                 ROTATION  LEAVING",
                "feed-staging       acme          test         team-feed    none      -             -    -                    -                    -         -",
                "search-production  acme          live         team-search  ffeeddcc  jbe_live_Zz9  40m  general 30m, feed -  general 75%, feed -  draining  0a1b2c3d retiring");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void keysShow_table_hasVersionsAndGroups() {
        Run run = Run.of(socket(), "keys", "show", "search-production");

        assertThat(run.outLines()).containsExactly(
                "search-production: organisation acme, environment live, owner team-search",
                "rotation: draining since 2026-11-24T12:00:00Z, waits until the old key has been silent for its quiet period",
                "maintenance (no alert of its use): until 2026-11-24T14:00:00Z, by user:kim: load test",
                "",
                "VERSION   STAGE     SINCE                 DASHBOARD NAME  PREFIX        TAKEN IN              WHY",
                "0a1b2c3d  retiring  2026-11-24T12:00:00Z  search 2025     jbe_live_Ab1  2026-05-08T12:00:00Z  waits until the old key has been silent for its quiet period",
                "ffeeddcc  current   2026-11-24T12:00:00Z  search 2026     jbe_live_Zz9  2026-11-24T11:50:00Z  the store serves the new key",
                "", "GROUP    LAST OUTCOME       LAST SUCCESS  LIMIT  REMAINING  USED",
                "general  valid              30m ago       360    90         75%",
                "feed     unknown (timeout)  never seen    -      -          -", "",
                "GROUP    LIMIT  WINDOW  KIND     TOLERANCE  REMAINING            RESET               KNOWN                            CONTRADICTED",
                "general  360    60s     rolling  3.0s       counts the answered  oldest_plus_window  calibrated 2026-11-24T12:00:00Z  1");
    }

    @Test
    void keysProbe_table_hasALineForEachProbe() {
        Run run = Run.of(socket(), "keys", "probe", "search-production");

        assertThat(run.outLines()).containsExactly(
                "VERSION   GROUP    KIND      OUTCOME            STATUS  LIMIT  REMAINING  BALANCE  COST  TOOK",
                "ffeeddcc  general  liveness  valid              200     360    359        12345    0     83ms",
                "ffeeddcc  feed     liveness  unknown (timeout)  -       -      -          -        -     5000ms");
    }

    @Test
    void rotationStatus_table_saysWhatIsMissingAndWhichKeyNotToRevoke() {
        Run run = Run.of(socket(), "rotation", "status", "search-production");

        assertThat(run.outLines()).containsExactly(
                "search-production: draining, waits until the old key has been silent for its quiet period",
                "  rotation:  r-17, opened by operator 45m ago; draining for 30m",
                "  old key:   0a1b2c3d \"search 2025\", prefix jbe_live_Ab1, taken in 2026-05-08T12:00:00Z",
                "  new key:   ffeeddcc \"search 2026\", prefix jbe_live_Zz9, taken in 2026-11-24T11:50:00Z",
                "  approved:  by uid:1000(kim)", "  promoted:  2026-11-24T11:59:00Z",
                "  published: 2026-11-24T11:59:02Z", "Before the old key is flagged",
                "  [open]   quiet: 30 min of silence in every group",
                "         known: 4 min in general, nothing in feed",
                "         missing: 26 min more; at the earliest 2026-11-24T12:26:00Z",
                "  [waived by uid:1000(kim)] wallet: above 0 throughout", "         known: no balance probe yet",
                "         missing: a balance; no time can be given: the wallet was not looked into lately",
                "  earliest flag: 2026-11-24T12:26:00Z", "What stands in the way of proving silence",
                "  0a1b2c3d feed: share_of_limit 0.0056 would do",
                "Leaving, not to be revoked yet: 0a1b2c3d \"search 2025\", prefix jbe_live_Ab1, taken in 2026-05-08T12:00:00Z, retiring since 2026-11-24T12:00:00Z",
                "Must not be revoked: ffeeddcc \"search 2026\", prefix jbe_live_Zz9, taken in 2026-11-24T11:50:00Z",
                "What to type", "  keywane rotation waive search-production --gate quiet --reason TEXT");
    }

    @Test
    void rotationStatus_explain_addsEvidenceAndAssumptions() {
        Run run = Run.of(socket(), "rotation", "status", "search-production", "--explain");

        assertThat(run.outLines()).containsSubsequence("Evidence",
                "  VERSION   STAGE     GROUP    OTHERS' USE  REQUESTS  WINDOW  SILENT FOR  LAST SAMPLE  WHY",
                "  0a1b2c3d  retiring  general  silent       0         1m      4m          30m          by the declared window",
                "  0a1b2c3d  retiring  feed     unknown      -         -       -           -            the answer had no usable rate-limit headers",
                "Next probes", "  VERSION   GROUP    NEXT                  EVERY  WHY THEN",
                "  0a1b2c3d  general  2026-11-24T12:00:24Z  24s    the cadence that proves silence soonest",
                "  0a1b2c3d  feed     2026-11-24T12:01:00Z  1m     the configured interval",
                "What no header can show, and is assumed", "  - one counter for each key and group, world-wide");
    }

    @Test
    void usage_table_hasASparklineForEachGroup() {
        Run run = Run.of(socket(), "usage", "search-production", "--since", "2h");

        assertThat(run.outLines()).containsExactly(
                "search-production: 2026-11-24T10:00:00Z to 2026-11-24T12:00:00Z, a column is 1h",
                "GROUP    OTHERS' REQUESTS OVER TIME  TOTAL      MOST  OBSERVED  OWN",
                "feed     ··                          0          0     0%        0",
                "general  ▂█                          1000-1020  900   75%       121");
        assertThat(asked().duration(Argument.SINCE)).contains(Duration.ofHours(2));
    }

    @Test
    void usage_buckets_addsALineForEachSpan() {
        Run run = Run.of(socket(), "usage", "search-production", "--buckets");

        assertThat(run.outLines()).containsSubsequence(
                "FROM                  GROUP    OTHERS' REQUESTS  OBSERVED  OWN",
                "2026-11-24T10:00:00Z  general  100-120           100%      60",
                "2026-11-24T11:00:00Z  general  900               50%       61",
                "2026-11-24T11:00:00Z  feed     -                 0%        0");
    }

    @Test
    void alerts_alone_listsThem() {
        assertThat(Run.of(socket(), "alerts").outLines()).isEqualTo(Run.of(socket(), "alerts", "list").outLines())
                .isNotEmpty();
    }

    @Test
    void alertsList_table_hasTheCommandToTypeNext() {
        assertThat(Run.of(socket(), "alerts", "list").outLines()).containsExactly(
                "warning  KeywaneCreditsLow  acme  for 2h 30m  x7k2mqp", "  balance 90 is below 100",
                "  acknowledged by user:kim", "  next: keywane usage search-production --since 24h",
                "search-production: maintenance (no alert of its use): until 2026-11-24T14:00:00Z, by user:kim: load test");
    }

    @Test
    void auditTail_table_hasALineForEachEntry() {
        assertThat(Run.of(socket(), "audit", "tail", "--lines", "7").outLines()).containsExactly(
                "41  2026-11-24T12:00:00Z  uid:1000(kim)  rotation.start  search-production  \"yearly\"  request_id=req-1 rotation=r-17");
        assertThat(asked().count(Argument.COUNT)).contains(7);
    }

    @Test
    void auditVerify_intact_saysSo() {
        assertThat(Run.of(socket(), "audit", "verify").out())
                .isEqualTo("the chain holds: 41 lines checked, head " + "9f".repeat(32) + "\n");
    }

    @Test
    void doctor_table_hasTheWayOut() {
        assertThat(Run.of(socket(), "doctor").outLines()).containsExactly("[ok]      api: answers",
                "[problem] header: a proxy strips X-Api-Key", "          let the header through");
    }

    @Test
    void version_table_hasBothVersions() {
        Run run = Run.of(socket(), "version");

        assertThat(run.outLines()).hasSize(4);
        assertThat(run.outLines().getFirst()).matches("command: keywane \\d+\\.\\d+\\.\\d+.*, Java 25.*");
        assertThat(run.outLines().get(1))
                .isEqualTo("daemon:  keywane 0.1.0, Java 25.0.1, process 4711, started 2026-11-24T12:00:00Z");
        assertThat(run.outLines().getLast()).endsWith("the last reload was refused: line 3: unknown field");
    }

    @Test
    void version_json_hasBoth() {
        var json = JsonMapper.shared().readTree(Run.of(socket(), "version", "-o", "json").out());

        assertThat(json.at("/version").intValue()).isEqualTo(1);
        assertThat(json.at("/daemon/pid").intValue()).isEqualTo(4711);
        assertThat(json.at("/command/product").stringValue()).isNotEmpty();
    }

    @Test
    void version_withoutDaemon_isStillDone() {
        Run run = Run.of(directory.resolve("none"), "version");

        assertThat(run.exit()).isZero();
        assertThat(run.outLines()).hasSize(1);
        assertThat(run.err()).startsWith("keywane: daemon unreachable: there is no socket");
    }

    @ParameterizedTest
    @CsvSource({"keys list,KEYS_LIST", "keys show search-production,KEYS_SHOW",
        "keys probe search-production,KEYS_PROBE", "rotation status search-production,ROTATION_STATUS",
        "usage search-production,USAGE", "alerts list,ALERTS_LIST", "audit tail,AUDIT_TAIL",
        "audit verify,AUDIT_VERIFY", "doctor,DOCTOR", "store check,STORE_CHECK", "store check aws,STORE_CHECK",
        "usage search-production --plot,USAGE_SERIES",
        "keys findings,KEYS_FINDINGS", "alerts show x7k2mqp,ALERTS_SHOW"})
    void readingVerb_json_isTheResultWithItsVersion(String command, Verb verb) {
        Run run = Run.of(socket(), (command + " --output json").split(" "));

        assertThat(JsonMapper.shared().readTree(run.out()))
                .isEqualTo(JsonMapper.shared().readTree(WireJson.line(WireJson.result(CannedResults.of(verb)))));
        assertThat(run.exit()).isZero();
        assertThat(asked().verb()).isEqualTo(verb);
    }

    @Test
    void alertsShow_drawsUseBandGapAndOnset() {
        Run run = Run.of(socket(), "alerts", "show", "x7k2mqp");

        assertThat(run.outLines()).contains("incident x7k2mqp: spike since 2026-11-24T13:00:00Z, not over, 100.0 a step"
                + " where 20.0 is expected (5.0 times), confidence 75 %");
        assertThat(run.out()).contains("     100 │" + " ".repeat(30) + "█".repeat(30) + "\n")
                .contains("         │" + "░".repeat(30) + "█".repeat(30) + "\n");
        assertThat(run.outLines()).anyMatch(line -> line.matches(" {40}\\^"));
    }

    @Test
    void doctor_problemsFound_printsThemAndEndsWith3() throws IOException {
        Path other = directory.resolve("other");
        try (FakeDaemon _ = new FakeDaemon(other,
                _ -> ControlReply.with(ExitCode.PROBLEMS_FOUND, CannedResults.of(Verb.DOCTOR)))) {
            Run run = Run.of(other, "doctor");

            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.out()).contains("[problem] header");
        }
    }

    @Test
    void socketOption_goesBeforeTheEnvironment() {
        Run run = Run.of(directory.resolve("none"), "alerts", "list", "--socket", socket().toString());

        assertThat(run.exit()).isZero();
    }

    @Test
    void colours_atATerminal_unlessNoColorIsSet() {
        Run.Builder terminal = new Run.Builder(socket()).terminal(new Run.FakeTerminal(""));

        assertThat(terminal.environment(Map.of()).run("doctor").out()).contains("\u001b[31m[problem]\u001b[0m");
        assertThat(terminal.environment(Map.of("NO_COLOR", "1")).run("doctor").out()).doesNotContain("\u001b");
        assertThat(new Run.Builder(socket()).environment(Map.of()).run("doctor").out()).doesNotContain("\u001b");
    }

    private Path socket() {
        return directory.resolve("s");
    }

    private ControlRequest asked() {
        return daemon.requests().stream().map(IncomingRequest::request).toList().getLast();
    }
}
