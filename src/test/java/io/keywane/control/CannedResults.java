package io.keywane.control;

import io.keywane.key.Stage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One result for each verb, with as many fields filled as it has: a rotation of {@code search-production} that drains. */
public final class CannedResults {
    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    public static final VersionSummary OLD = new VersionSummary("0a1b2c3d4e5f60718293a4b5c6d7e8f9", "0a1b2c3d",
            Stage.RETIRING, NOON, "waits_for_silence", "waits until the old key has been silent for its quiet period",
            Optional.of("search 2025"), Optional.of("jbe_live_Ab1"), NOON.minus(Duration.ofDays(200)), false,
            List.of());

    public static final VersionSummary NEW = new VersionSummary("ffeeddccbbaa99887766554433221100", "ffeeddcc",
            Stage.CURRENT, NOON, "promotion_read_back", "the store serves the new key", Optional.of("search 2026"),
            Optional.of("jbe_live_Zz9"), NOON.minusSeconds(600), false, List.of());

    public static final RotationSummary ROTATION = rotation("draining", false);

    public static final KeySummary SUMMARY = new KeySummary("search-production", "acme", "team-search", "live",
            Optional.of(NEW),
            List.of(new GroupHealth("general", Optional.of("valid"), Optional.empty(), Optional.of(NOON),
                    Optional.of(NOON), Optional.of(360L), Optional.of(90L), Optional.of(0.75)),
                    new GroupHealth("feed", Optional.of("unknown"), Optional.of("timeout"), Optional.of(NOON),
                            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())),
            Optional.of(ROTATION), Optional.of("until 2026-11-24T14:00:00Z, by user:kim: load test"), List.of(OLD));

    public static final WindowStatus WINDOW = new WindowStatus("general", 360, Duration.ofSeconds(60), "rolling",
            Duration.ofSeconds(3), true, "oldest_plus_window", "calibrated", Optional.of(NOON), 1, false, false);

    private static final KeySummary EMPTY = new KeySummary("feed-staging", "acme", "team-feed", "test",
            Optional.empty(), List.of(), Optional.empty(), Optional.empty(), List.of());

    /** Some bytes that are no bundle; their SHA-256 is {@link #BUNDLE}'s. */
    public static final byte[] BUNDLE_FILE = "not a bundle\n".getBytes(StandardCharsets.UTF_8);

    public static final EvidenceList.Bundle BUNDLE = new EvidenceList.Bundle("search-production", "0a1b2c3d",
            Optional.of("r-17"), NOON, "proven", 13,
            "afe1ee4b4ad8e4cb2a770312e39ac06b6ad67e6e4943ea97879376a5331cf908");

    private CannedResults() {}

    /** The rotation in another state. */
    public static RotationSummary rotation(String state, boolean over) {
        return new RotationSummary("r-17", "operator", state, over, false, "waits_for_silence",
                "waits until the old key has been silent for its quiet period", NOON.minusSeconds(900), NOON,
                Optional.of(OLD), Optional.of(NEW), Optional.of(NOON.minusSeconds(60)),
                Optional.of(NOON.minusSeconds(58)), Optional.of("uid:1000(kim)"));
    }

    /** The status of the rotation in that state. */
    public static RotationStatus status(RotationSummary rotation) {
        GateStatus quiet = new GateStatus("quiet", false, false, Optional.empty(), "30 min of silence in every group",
                "4 min in general, nothing in feed", Optional.of("26 min more"), Optional.of(NOON.plusSeconds(1560)),
                Optional.empty());
        GateStatus wallet = new GateStatus("wallet", false, true, Optional.of("uid:1000(kim)"), "above 0 throughout",
                "no balance probe yet", Optional.of("a balance"), Optional.empty(),
                Optional.of("the wallet was not looked into lately"));
        return new RotationStatus("search-production", Optional.of(rotation), Optional.of(NEW), List.of(OLD),
                List.of(quiet, wallet),
                List.of(new GroupEvidence("0a1b2c3d", Stage.RETIRING, "general", "silent", "model_declared",
                        "by the declared window", Optional.of(NOON.minusSeconds(240)),
                        Optional.of(Duration.ofMinutes(4)), Optional.of(0L), Optional.of(0L),
                        Optional.of(Duration.ofMinutes(1)), Optional.of(NOON)),
                        new GroupEvidence("0a1b2c3d", Stage.RETIRING, "feed", "unknown", "no_headers",
                                "the answer had no usable rate-limit headers", Optional.empty(), Optional.empty(),
                                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())),
                List.of(new ProbingStatus("0a1b2c3d", "general", NOON.plusSeconds(24), Duration.ofSeconds(24), "proof",
                        "the cadence that proves silence soonest", Optional.empty(), Optional.empty()),
                        new ProbingStatus("0a1b2c3d", "feed", NOON.plusSeconds(60), Duration.ofSeconds(60), "interval",
                                "the configured interval", Optional.of("share_too_small"),
                                Optional.of("share_of_limit 0.0056 would do"))),
                List.of("keywane rotation waive search-production --gate quiet --reason TEXT"),
                List.of("one counter for each key and group, world-wide"));
    }

    /** The result of a changing verb. */
    public static MutationResult mutation(String done) {
        return new MutationResult("search-production", done, "keywane rotation abort search-production",
                Optional.of("r-17"), Optional.of("staged"), Optional.of("ffeeddcc"), Optional.of("req-1"), false,
                List.of("the key's shape is unfamiliar"));
    }

    /** A result of the type that the verb answers. */
    public static ControlResult of(Verb verb) {
        return switch (verb) {
            case KEYS_LIST -> new KeyList(List.of(EMPTY, SUMMARY));
            case KEYS_SHOW -> new KeyDetail(SUMMARY, List.of(OLD, NEW), List.of(WINDOW));
            case CALIBRATE -> new MutationResult("search-production", "a calibration is under way",
                    "nothing to undo: it changes no key", Optional.empty(), Optional.empty(), Optional.of("ffeeddcc"),
                    Optional.of("c-1"), false, List.of());
            case CALIBRATION -> new CalibrationStatus("search-production", false, Optional.empty(), Optional.empty(), 0,
                    List.of(new CalibrationStatus.Group("general", 0, Optional.of("measured"),
                            Optional.of("measured"), Optional.of("nothing to do"), Optional.of(NOON), "yes", "no")),
                    List.of(WINDOW));
            case KEYS_PROBE -> new ProbeResult("search-production", List.of(
                    new ProbeSample("ffeeddcc", "general", "liveness", NOON, Duration.ofMillis(83), Optional.of(200),
                            "valid", Optional.empty(), Optional.of(360L), Optional.of(359L),
                            Optional.of(NOON.plusSeconds(60)), Optional.of(12_345L), Optional.of(0L)),
                    new ProbeSample("ffeeddcc", "feed", "liveness", NOON, Duration.ofSeconds(5), Optional.empty(),
                            "unknown", Optional.of("timeout"), Optional.empty(), Optional.empty(), Optional.empty(),
                            Optional.empty(), Optional.empty())));
            case KEYS_IMPORT, ROTATION_START, ROTATION_SUPPLY, ROTATION_APPROVE, ROTATION_PAUSE, ROTATION_RESUME,
                    ROTATION_ABORT, ROTATION_ROLLBACK, ROTATION_ADOPT, ROTATION_WAIVE, ROTATION_CONFIRM_REVOKED,
                    ALERTS_ACK, ALERTS_MAINTENANCE ->
                mutation("done: " + verb.wireName());
            case ROTATION_STATUS -> status(ROTATION);
            case USAGE -> usage();
            case ALERTS_LIST -> new AlertList(List.of(new AlertList.Alert("KeywaneCreditsLow", "warning",
                    Optional.empty(), Optional.of("acme"), NOON.minusSeconds(7200), "balance 90 is below 100",
                    "keywane usage search-production --since 24h", "x7k2mqp", Optional.of("user:kim"))),
                    List.of(new AlertList.Maintenance("search-production",
                            "until 2026-11-24T14:00:00Z, by user:kim: load test")));
            case USAGE_SERIES -> series();
            case KEYS_FINDINGS -> new FindingList(List.of(new FindingList.Finding("unused", "search-production",
                    "was used by nobody for 31 days", "keywane usage search-production --since 31d")));
            case ALERTS_SHOW ->
                new AlertDetail("x7k2mqp", Optional.empty(), Optional.of(series().incidents().getFirst()),
                        Optional.of(series()));
            case REPORT -> report();
            case AUDIT_TAIL -> new AuditLines(List.of(new AuditLines.Line(41, NOON, "uid:1000(kim)", "rotation.start",
                    Optional.of("search-production"), "yearly", Optional.of("req-1"), Map.of("rotation", "r-17"),
                    "9f".repeat(32))));
            case AUDIT_VERIFY -> new AuditVerification(true, 41, Optional.of("9f".repeat(32)), Optional.empty());
            case EVIDENCE_LIST -> new EvidenceList(List.of(BUNDLE));
            case EVIDENCE_EXPORT -> EvidenceExport.of(BUNDLE, BUNDLE_FILE);
            case STORE_CHECK -> new DoctorReport(List.of(
                    new DoctorReport.Check("store aws, key search-production", DoctorReport.Level.PROBLEM,
                            "missing right: secretsmanager:PutSecretValue", Optional.of("compare the role's policy")),
                    new DoctorReport.Check("store aws", DoctorReport.Level.UNKNOWN,
                            "whether the role may delete secrets", Optional.empty())));
            case DOCTOR -> new DoctorReport(List.of(
                    new DoctorReport.Check("api", DoctorReport.Level.OK, "answers", Optional.empty()),
                    new DoctorReport.Check("header", DoctorReport.Level.PROBLEM, "a proxy strips X-Api-Key",
                            Optional.of("let the header through"))));
            case VERSION -> new VersionInfo("0.1.0", "25.0.1", 4711, NOON, "/etc/keywane/keywane.yaml", NOON,
                    Optional.of("line 3: unknown field"));
        };
    }

    private static Report report() {
        Report.Wallet wallet = new Report.Wallet("acme", Optional.of(1_200L),
                Optional.of(new Report.Forecast(NOON.plusSeconds(7_200), NOON.plusSeconds(9_000),
                        NOON.plusSeconds(10_800), 480)),
                List.of(new Report.WalletDay(NOON.minusSeconds(129_600), 300, 0),
                        new Report.WalletDay(NOON.minusSeconds(43_200), 90, 1_000)));
        Report.Key search = new Report.Key("search-production", "acme", "team-search", "live",
                List.of(new Report.UseDay(NOON.minusSeconds(129_600), 200, 1),
                        new Report.UseDay(NOON.minusSeconds(43_200), 0, 0)),
                List.of(new Report.IncidentPlot(series().incidents().getFirst(), series())),
                List.of(new Report.Turn("r-17", "operator", "draining", "waits for <silence>", NOON, NOON)));
        Report.Key feed = new Report.Key("feed-staging", "acme", "team-feed", "test",
                List.of(new Report.UseDay(NOON.minusSeconds(129_600), 100, 1),
                        new Report.UseDay(NOON.minusSeconds(43_200), 0, 0)),
                List.of(), List.of());
        return new Report(NOON.minusSeconds(129_600), NOON, List.of(wallet), List.of(search, feed));
    }

    private static UsageTable usage() {
        return new UsageTable("search-production", NOON.minusSeconds(7200), NOON, Duration.ofHours(1), List.of(
                new UsageTable.Bucket(NOON.minusSeconds(7200), "general", 100, 120, 1.0, 60),
                new UsageTable.Bucket(NOON.minusSeconds(3600), "general", 900, 900, 0.5, 61),
                new UsageTable.Bucket(NOON.minusSeconds(3600), "feed", 0, 0, 0.0, 0)));
    }

    private static UseSeriesTable series() {
        List<UseSeriesTable.Point> points = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            points.add(new UseSeriesTable.Point(NOON.plusSeconds(60L * i),
                    i == 10 ? Optional.empty() : Optional.of(i < 60 ? 20.0 : 100.0), Optional.of(10.0),
                    Optional.of(20.0), Optional.of(30.0)));
        }
        return new UseSeriesTable("search-production", Duration.ofMinutes(1), points,
                List.of(new UseSeriesTable.Incident("x7k2mqp", "KeywaneUsageSpike", "spike", NOON.plusSeconds(3_600),
                        NOON.plusSeconds(3_660), Optional.empty(), 20, 100, Optional.of(5.0), 0.75)));
    }
}
