package io.keywane.sandbox;

import io.keywane.key.KeyName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The verb {@code keywane sandbox}: runs a sandbox until it is told to end (SIGTERM, Ctrl-C). One line of JSON on
 * stdout says that it is ready and where; everything else goes to stderr. Exit 2 for options that make no sense, 1 if
 * it can't start.
 */
@Command(name = "sandbox", header = "Run a local stand-in for the API.",
        description = "Run a local stand-in for the API, with a control API to make keys, "
                + "break things and read what really happened.",
        sortOptions = false,
        footer = {
            "", "Example: one key, in box/search-production.key.", "",
            "  keywane sandbox --state-dir box --key search-production", "",
            "Short windows, an organisation and a key by the control API:", "",
            "  keywane sandbox --state-dir box --windows 20s,1h,24h &",
            "  AUTH=\"Authorization: Bearer $(cat box/control-token)\"",
            "  URL=$(jq -r .control_url box/endpoints.json)/control/organisations",
            "  curl -s -H \"$AUTH\" -d '{\"name\":\"acme\",\"balance\":1000}' $URL",
            "  curl -s -H \"$AUTH\" -X POST $URL/org-1/keys", "",
            "A smoothed limiter on three nodes that shows its longest window:", "",
            "  keywane sandbox --model gcra --shown last --placement round-robin --nodes 3", "",
            "It listens on loopback only. Keys come from the seed, begin with jbe_sbx_",
            "and are worth nothing elsewhere. docs/sandbox.md describes the control API."})
public final class SandboxCommand implements Callable<Integer> {
    private static final long LONGEST_END = 10;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "0", description = "API port; 0 takes any free "
            + "one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--control-port", paramLabel = "PORT", defaultValue = "0", description = "Control API port; 0 "
            + "takes any free one (default: ${DEFAULT-VALUE}).")
    private int controlPort;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Where control-token and endpoints.json are "
            + "written; made if missing (default: a new temporary folder).")
    private @Nullable Path stateDirectory;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Fixes key values, ids and job "
            + "data (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--windows", paramLabel = "W", split = ",", defaultValue = "60s,1h,24h",
            converter = WindowConverter.class,
            description = "Windows of both limiters, ascending: a number with s, m, h "
                    + "or d (default: ${DEFAULT-VALUE}).")
    private List<Duration> windows = List.of();

    @Option(names = "--general-limits", paramLabel = "N", split = ",", defaultValue = "360,10000,100000",
            description = "Requests in each window, general group (default: ${DEFAULT-VALUE}).")
    private List<Integer> generalLimits = List.of();

    @Option(names = "--feed-limits", paramLabel = "N", split = ",", defaultValue = "120,5000,50000",
            description = "Requests in each window, feed group (default: ${DEFAULT-VALUE}).")
    private List<Integer> feedLimits = List.of();

    @Option(names = "--model", paramLabel = "MODEL", defaultValue = "rolling", converter = Converters.Model.class,
            description = "How windows forget: rolling, rolling-buckets (sixths of a window), fixed (aligned), "
                    + "fixed-from-first-request, gcra or weighted (default: ${DEFAULT-VALUE}).")
    private WindowModel model = WindowModel.ROLLING;

    @Option(names = "--shown", paramLabel = "WINDOW", defaultValue = "tightest", converter = Converters.Shown.class,
            description = "Which window the headers show: tightest, first or last "
                    + "(default: ${DEFAULT-VALUE}).")
    private ShownWindow shown = ShownWindow.TIGHTEST;

    @Option(names = "--reset", paramLabel = "MEANING", defaultValue = "now", converter = Converters.Reset.class,
            description = "What Reset means if windows roll: now (now + window) or oldest (oldest counted request + "
                    + "window; gcra: when drained; weighted: end of the current one) (default: ${DEFAULT-VALUE}).")
    private ResetMeaning reset = ResetMeaning.NOW;

    @Option(names = "--counts-answered", paramLabel = "BOOLEAN", arity = "1", defaultValue = "true",
            description = "Whether Remaining already counts the request that it answers (default: ${DEFAULT-VALUE}).")
    private boolean countsAnswered;

    @Option(names = "--placement", paramLabel = "PLACEMENT", defaultValue = "one",
            converter = Converters.Placed.class,
            description = "Which node counts a request: one (there is one counter), by-address, by-connection or "
                    + "round-robin (default: ${DEFAULT-VALUE}).")
    private Placement placement = Placement.ONE;

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes, each with the whole limit "
            + "(default: 2, or 1 with --placement one).")
    private @Nullable Integer nodes;

    @Option(names = "--lag", paramLabel = "MS", defaultValue = "0", description = "Milliseconds until a counted "
            + "request shows in other requests' answers (default: ${DEFAULT-VALUE}).")
    private long lag;

    @Option(names = "--refused-counted", paramLabel = "STATUS", split = ",",
            description = "4xx statuses that count against the windows (default: none).")
    private List<Integer> refusedCounted = List.of();

    @Option(names = "--refused-headers", paramLabel = "STATUS", split = ",", defaultValue = "429",
            description = "4xx statuses that carry the rate-limit headers (default: ${DEFAULT-VALUE}).")
    private List<Integer> refusedHeaders = List.of();

    @Option(names = "--feed-plan", paramLabel = "PLAN", defaultValue = "open", converter = Converters.Feed.class,
            description = "Whether plans cover the feed unless an organisation says otherwise: open or closed "
                    + "(default: ${DEFAULT-VALUE}).")
    private FeedPlan feedPlan = FeedPlan.OPEN;

    @Option(names = "--group-header", description = "Send X-RateLimit-Group.")
    private boolean groupHeader;

    @Option(names = "--ground-truth", paramLabel = "N", defaultValue = "200000",
            description = "How many requests to remember (default: ${DEFAULT-VALUE}).")
    private int groundTruth;

    @Option(names = "--key", paramLabel = "NAME", converter = Converters.Key.class,
            description = "Make an organisation with a key of that name, and write the key to NAME.key (mode 0600) in "
                    + "the state directory. May be repeated.")
    private List<KeyName> keys = List.of();

    // picocli acts on it before the command runs.
    @SuppressWarnings("UnusedVariable")
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help and exit.")
    private boolean help;

    @Override
    public Integer call() {
        CommandLine line = commandLine();
        SandboxSettings settings = settings(line);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> endAndWait(end, ended)));
        try {
            return stateDirectory == null ? runInTemporaryFolder(line, settings, end) : run(line, settings, end);
        } catch (IOException e) {
            line.getErr().println("keywane sandbox: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        } finally {
            ended.countDown();
        }
    }

    private int run(CommandLine line, SandboxSettings settings, CountDownLatch end)
            throws IOException, InterruptedException {
        try (Sandbox sandbox = Sandbox.start(settings)) {
            if (!keys.isEmpty()) {
                sandbox.createKeyFiles(keys);
            }
            announce(line, sandbox);
            end.await();
            return 0;
        }
    }

    private int runInTemporaryFolder(CommandLine line, SandboxSettings settings, CountDownLatch end)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("keywane-sandbox-");
        try {
            return run(line, settings.withStateDirectory(folder), end);
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    /** Runs while the JVM goes down: it must not halt before the sandbox has closed. */
    private static void endAndWait(CountDownLatch end, CountDownLatch ended) {
        end.countDown();
        try {
            ended.await(LONGEST_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SandboxSettings settings(CommandLine line) {
        try {
            RateSettings rates = new RateSettings(model, shown, reset, countsAnswered, topology(),
                    limits("--general-limits", generalLimits), limits("--feed-limits", feedLimits));
            RefusalSettings refusals = new RefusalSettings(Set.copyOf(refusedCounted),
                    Set.copyOf(refusedHeaders));
            Path folder = Optional.ofNullable(stateDirectory).orElse(Path.of(""));
            return new SandboxSettings(port, controlPort, folder, seed, rates, refusals, feedPlan, groupHeader,
                    groundTruth);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()), e);
        }
    }

    private Topology topology() {
        int otherwise = placement == Placement.ONE ? 1 : 2;
        return new Topology(placement, Optional.ofNullable(nodes).orElse(otherwise), Duration.ofMillis(lag));
    }

    private List<WindowLimit> limits(String option, List<Integer> limits) {
        try {
            return RateSettings.limits(windows, limits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    private static void announce(CommandLine line, Sandbox sandbox) {
        Map<String, Object> ready = new LinkedHashMap<>();
        ready.put("ready", true);
        ready.put("base_url", sandbox.baseUrl());
        ready.put("control_url", sandbox.controlUrl());
        ready.put("state_dir", sandbox.stateDirectory().toString());
        line.getOut().println(Json.STRICT.writeValueAsString(ready));
        line.getOut().flush();
    }

    private CommandLine commandLine() {
        CommandSpec present = spec;
        if (present == null) {
            throw new IllegalStateException("the sandbox command runs only under picocli");
        }
        return present.commandLine();
    }
}
