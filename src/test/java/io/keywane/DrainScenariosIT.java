package io.keywane;

import io.keywane.provider.SingleSend;
import io.keywane.sandbox.Faults;
import io.keywane.sandbox.FeedPlan;
import io.keywane.sandbox.Placement;
import io.keywane.sandbox.RateSettings;
import io.keywane.sandbox.ResetMeaning;
import io.keywane.sandbox.ShownWindow;
import io.keywane.sandbox.Topology;
import io.keywane.sandbox.WindowLimit;
import io.keywane.sandbox.WindowModel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole rotations against every kind of limiter and consumer, over HTTP, each with a sandbox and a daemon of its own, all at
 * once. Each says which windows it declares. The sandbox's record of what was really used is the judge: no flag before the
 * quiet period has passed since the last use, no claim of silence with use in it; and where nothing can be proven, no flag
 * without a waiver.
 */
@Execution(ExecutionMode.CONCURRENT)
class DrainScenariosIT {
    private static final RigSetup STANDARD = RigSetup.standard().withLogLevel("error");
    private static final RateSettings RATES = STANDARD.rates();
    private static final String GENERAL = "/api/connectors/filters";
    private static final String FEED = "/api/jobs/expired?limit=1";
    private static final String NOTHING = "";

    static {
        SingleSend.require();
    }

    /** What happens in one scenario. */
    private interface Play {
        void play(DrainScene.Place place) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> drain(@TempDir Path temporary) {
        Map<String, Play> plays = new LinkedHashMap<>();
        proven(plays);
        disturbed(plays);
        unprovable(plays);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Map<String, Future<?>> running = new LinkedHashMap<>();
        plays.forEach((name, play) -> {
            DrainScene.Place own = new DrainScene.Place(name, temporary.resolve(Integer.toString(running.size())));
            running.put(name, threads.submit(() -> {
                play.play(own);
                return name;
            }));
        });
        threads.shutdown();
        return running.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> await(e.getValue())));
    }

    /** Limiters whose silence can be proven, each declared as it is. */
    private static void proven(Map<String, Play> plays) {
        plays.put("rolling, Reset now+W, Remaining counts the answered request", place -> flagged(place,
                setup(RATES.withReset(ResetMeaning.NOW), "now_plus_window", true, "1s")));
        plays.put("rolling, Reset oldest+W, Remaining does not count it", place -> flagged(place,
                setup(RATES.withCountsAnswered(false), "oldest_plus_window", false, "1s")));
        plays.put("rolling in buckets, declared tolerance", place -> flagged(place,
                setup(RATES.withModel(WindowModel.ROLLING_BUCKETS), "oldest_plus_window", true, "4s")));
        plays.put("tightest of two windows shown, both declared", place -> {
            RateSettings rates = RATES.withShown(ShownWindow.TIGHTEST).withGeneral(limits(440, 800))
                    .withFeed(limits(330, 600));
            flagged(place, setup(rates, both(440, 800), both(330, 600)));
        });
        plays.put("longest of two windows shown and declared", place -> {
            RateSettings rates = RATES.withShown(ShownWindow.LAST).withGeneral(limits(440, 800))
                    .withFeed(limits(330, 600));
            flagged(place, setup(rates, both(440, 800), both(330, 600)));
        });
        plays.put("server's clock five hours ahead", place -> {
            InstantSource skewed = () -> Instant.now().plus(Duration.ofHours(5));
            flagged(place, STANDARD.withClock(skewed));
        });
        plays.put("lag of 1.5 s, within a tenth of the window", place -> {
            RateSettings rates = RATES.withTopology(new Topology(Placement.ONE, 1, Duration.ofMillis(1_500)));
            try (DrainScene scene = scene(place, setup(rates, "oldest_plus_window", true, "1s")).rotate()) {
                scene.untilProven();
                scene.assertClaimsTrue(Duration.ofSeconds(2));
            }
        });
    }

    /** What happens in the middle of a drain; the flag waits for it. */
    private static void disturbed(Map<String, Play> plays) {
        plays.put("a straggler comes back late", DrainScenariosIT::straggler);
        plays.put("a leaked key is used rarely, and after the flag", DrainScenariosIT::leaked);
        plays.put("a consumer that uses only the feed", DrainScenariosIT::feedOnly);
        plays.put("replies lost after they were counted", DrainScenariosIT::lostReplies);
        plays.put("plan upgraded in mid-drain", DrainScenariosIT::upgrade);
        plays.put("a closed group opens in mid-drain", DrainScenariosIT::groupOpens);
        plays.put("counter wiped in mid-drain, Reset oldest+W",
                place -> wiped(place, setup(RATES, "oldest_plus_window", true, "1s")));
        plays.put("counter wiped in mid-drain, Reset now+W",
                place -> wiped(place, setup(RATES.withReset(ResetMeaning.NOW), "now_plus_window", true, "1s")));
        plays.put("answers from a cache that tells their Age", place -> cached(place, true, "no_answer"));
        plays.put("answers from a cache that hides their Age", place -> cached(place, false, "clock_step"));
        plays.put("consumers refused for an empty wallet", DrainScenariosIT::emptyWallet);
    }

    /** Limiters that prove nothing, declared as they are, not at all, or wrongly. */
    private static void unprovable(Map<String, Play> plays) {
        plays.put("fixed, declared so", place -> cannotTell(place, "not_rolling",
                setup(RATES.withModel(WindowModel.FIXED), fixed(1_200), fixed(600))));
        plays.put("fixed from the first request, declared rolling", place -> cannotTell(place, "contradiction",
                setup(RATES.withModel(WindowModel.FIXED_FROM_FIRST_REQUEST), "oldest_plus_window", true, "1s")));
        plays.put("smoothed (GCRA), declared rolling", place -> cannotTell(place, "contradiction",
                setup(RATES.withModel(WindowModel.GCRA), "oldest_plus_window", true, "1s")));
        plays.put("weighted, not declared", place -> cannotTell(place, "no_model",
                setup(RATES.withModel(WindowModel.WEIGHTED), NOTHING, NOTHING)));
        plays.put("nodes in turn", place -> cannotTell(place, "contradiction",
                setup(RATES.withTopology(new Topology(Placement.ROUND_ROBIN, 2, Duration.ZERO)),
                        "oldest_plus_window", true, "1s")));
        plays.put("equal limits in two windows, one declared", DrainScenariosIT::equalLimits);
        plays.put("sticky nodes: the consumers' counter is another", DrainScenariosIT::sticky);
    }

    private static void flagged(DrainScene.Place place, RigSetup setup) throws Exception {
        try (DrainScene scene = scene(place, setup).rotate()) {
            scene.untilProven();
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    private static void cannotTell(DrainScene.Place place, String why, RigSetup setup) throws Exception {
        try (DrainScene scene = scene(place, setup).rotate()) {
            scene.untilSaid(why);
            scene.cannotTell("quiet", "cannot tell");
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    private static void straggler(DrainScene.Place place) throws Exception {
        try (DrainScene scene = scene(place, STANDARD).rotate()) {
            KeyUser straggler = scene.holder("straggler", GENERAL);
            scene.pass(Duration.ofSeconds(24));
            scene.assertNotFlagged();
            straggler.once();
            Instant back = Instant.now();
            assertThat(scene.untilProven()).isAfter(back.plus(DrainScene.QUIET).minusSeconds(1));
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    private static void leaked(DrainScene.Place place) throws Exception {
        try (DrainScene scene = scene(place, STANDARD).rotate()) {
            KeyUser thief = scene.holder("thief", GENERAL);
            for (int use = 0; use < 2; use++) {
                scene.pass(Duration.ofSeconds(15));
                scene.assertNotFlagged();
                thief.once();
            }
            scene.untilProven();
            thief.once();
            scene.untilWithdrawn();
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    private static void feedOnly(DrainScene.Place place) throws Exception {
        try (DrainScene scene = scene(place, STANDARD).rotate();
                KeyUser reader = scene.holder("reader", FEED).steadily(Duration.ofSeconds(4))) {
            scene.pass(Duration.ofSeconds(40));
            scene.assertNotFlagged();
            assertThat(scene.verdict("feed")).isEqualTo("in_use");
            assertThat(scene.verdict("general")).isEqualTo("silent");
            reader.stop();
            scene.untilProven();
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    /** A request of unknown fate is somebody else's, perhaps, for as long as it may be in the window. */
    private static void lostReplies(DrainScene.Place place) throws Exception {
        try (DrainScene scene = scene(place, STANDARD).rotate()) {
            // On a machine under load a lost request can have left the window before the next answer comes.
            for (int times = 0; times < 4 && !scene.isSaid("undetermined"); times++) {
                scene.sandbox().setFaults(Faults.NONE.withLostShare(1));
                scene.pass(Duration.ofSeconds(10));
                scene.sandbox().clearFaults();
                scene.pass(Duration.ofSeconds(10));
            }
            scene.untilSaid("undetermined");
            scene.untilProven();
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    private static void upgrade(DrainScene.Place place) throws Exception {
        RigSetup setup = setup(RATES, both("oldest_plus_window", true, "1s", 1_200, 2_400),
                both("oldest_plus_window", true, "1s", 600, 1_200));
        try (DrainScene scene = scene(place, setup).rotate()) {
            scene.pass(Duration.ofSeconds(20));
            scene.sandbox().changeRates(scene.organisation(), RATES
                    .withGeneral(limits(RATES.general(), 2)).withFeed(limits(RATES.feed(), 2)));
            scene.untilProven();
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    private static void groupOpens(DrainScene.Place place) throws Exception {
        try (DrainScene scene = scene(place, STANDARD.withFeedPlan(FeedPlan.CLOSED)).rotate()) {
            scene.untilSaid("closed");
            scene.pass(Duration.ofSeconds(20));
            scene.sandbox().changeFeedPlan(scene.organisation(), FeedPlan.OPEN);
            Instant opened = Instant.now();
            assertThat(scene.untilProven()).isAfter(opened.plus(DrainScene.QUIET));
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    private static void wiped(DrainScene.Place place, RigSetup setup) throws Exception {
        try (DrainScene scene = scene(place, setup).rotate()) {
            scene.pass(Duration.ofSeconds(22));
            scene.holder("straggler", GENERAL, FEED).once();
            scene.wipeCounters();
            scene.untilSaid("contradiction");
            scene.cannotTell("quiet", "cannot tell");
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    private static void cached(DrainScene.Place place, boolean tellsAge, String why) throws Exception {
        try (DrainScene scene = scene(place, STANDARD).rotate()) {
            scene.pass(Duration.ofSeconds(10));
            scene.sandbox().setFaults(Faults.NONE.withCache(Duration.ofMinutes(5), tellsAge));
            scene.untilSaid(why);
            scene.cannotTell("quiet", "cannot tell");
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    /** Requests that are refused are not counted, so that their senders look silent. */
    private static void emptyWallet(DrainScene.Place place) throws Exception {
        try (DrainScene scene = scene(place, STANDARD.withBalance(60)).rotate();
                KeyUser buyer = scene.holder("buyer", "/api/jobs?page_size=1").steadily(Duration.ofMillis(250))) {
            scene.cannotTell("wallet", "a request was refused for want of credit");
            assertThat(scene.refusedSinceLastUse()).isGreaterThan(20);
            assertThat(scene.verdict("general")).isEqualTo("silent");
            buyer.stop();
        }
    }

    /** The longer window is shown, and holds what has left the one that is declared: the daemon sees use, not silence. */
    private static void equalLimits(DrainScene.Place place) throws Exception {
        RateSettings rates = RATES.withShown(ShownWindow.TIGHTEST).withReset(ResetMeaning.NOW)
                .withGeneral(limits(1_200, 1_200)).withFeed(limits(600, 600));
        try (DrainScene scene = scene(place, setup(rates, "now_plus_window", true, "1s")).rotate()) {
            scene.cannotTell("quiet", "general");
            scene.assertClaimsTrue(Duration.ZERO);
        }
    }

    /** The assumption of one counter is broken: old use is not seen, so neither is that it moved. */
    private static void sticky(DrainScene.Place place) throws Exception {
        RateSettings rates = RATES.withTopology(new Topology(Placement.BY_ADDRESS, 2, Duration.ZERO));
        RigSetup setup = setup(rates, "oldest_plus_window", true, "1s");
        try (DrainScene scene = new DrainScene(place, setup, InetAddress.getByName("127.0.0.2")).rotate()) {
            scene.untilSaid("silent");
            scene.cannotTell("switch", "nobody was seen using the old key");
            assertThat(scene.claimedSilence()).isTrue();
        }
    }

    private static DrainScene scene(DrainScene.Place place, RigSetup setup) throws Exception {
        return new DrainScene(place, setup, InetAddress.getLoopbackAddress());
    }

    private static RigSetup setup(RateSettings rates, String reset, boolean countsAnswered, String tolerance) {
        return setup(rates, window(1_200, 20, "rolling", tolerance, countsAnswered, reset),
                window(600, 20, "rolling", tolerance, countsAnswered, reset));
    }

    private static RigSetup setup(RateSettings rates, String general, String feed) {
        return STANDARD.withRates(rates).withDeclared(general, feed);
    }

    /** Two limits of one window: before and after an upgrade. */
    private static String both(String reset, boolean countsAnswered, String tolerance, int before, int after) {
        return window(before, 20, "rolling", tolerance, countsAnswered, reset) + ", "
                + window(after, 20, "rolling", tolerance, countsAnswered, reset);
    }

    /** A window of 20 s and one of 40 s. */
    private static String both(int shorter, int longer) {
        return window(shorter, 20, "rolling", "1s", true, "oldest_plus_window") + ", "
                + window(longer, 40, "rolling", "1s", true, "oldest_plus_window");
    }

    private static String fixed(int limit) {
        return window(limit, 20, "fixed", "1s", true, "unknown");
    }

    /** A window as the configuration declares it. */
    private static String window(int limit, int seconds, String kind, String tolerance, boolean countsAnswered,
            String reset) {
        return "{limit: %d, length: %ds, kind: %s, tolerance: %s, remaining_counts_answered: %s, reset: %s}"
                .formatted(limit, seconds, kind, tolerance, countsAnswered, reset);
    }

    private static List<WindowLimit> limits(int shorter, int longer) {
        return RateSettings.limits(List.of(Duration.ofSeconds(20), Duration.ofSeconds(40)), List.of(shorter, longer));
    }

    private static List<WindowLimit> limits(List<WindowLimit> limits, int times) {
        return limits.stream().map(limit -> new WindowLimit(limit.window(), times * limit.limit())).toList();
    }

    private static void await(Future<?> running) throws Throwable {
        try {
            running.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }
}
