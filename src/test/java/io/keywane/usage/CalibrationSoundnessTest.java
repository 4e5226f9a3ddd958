package io.keywane.usage;

import io.keywane.usage.CalibrationScene.Foreign;
import io.keywane.usage.CalibrationServer.Model;
import io.keywane.usage.CalibrationServer.Reset;
import io.keywane.usage.CalibrationServer.Window;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Thousands of calibrations against limiters whose truth is known: none may end in a model that is not the server's. */
class CalibrationSoundnessTest {
    private static final long SEED = 20260301;
    private static final int CLEAN = Integer.getInteger("keywane.calibrations", 200);
    private static final int TROUBLED = Integer.getInteger("keywane.calibrations", 200) * 6;
    private static final LimiterGroup GENERAL = new LimiterGroup("general");
    private static final LimiterGroup FEED = new LimiterGroup("feed");

    /** What became of the calibrations of one kind. */
    private static final class Tally {
        int played;
        int right;
        int sent;
        double seconds;
        double most;
        final List<String> wrong = new ArrayList<>();
        final Map<String, Integer> reasons = new TreeMap<>();
    }

    private final Map<String, Tally> tallies = new TreeMap<>();

    private void play(String name, CalibrationScene scene, long seed) {
        Map<LimiterGroup, Calibration> found = scene.run();
        Tally tally = tallies.computeIfAbsent(name, _ -> new Tally());
        found.forEach((group, calibration) -> {
            tally.played++;
            tally.sent += scene.sent;
            tally.seconds += scene.took;
            tally.reasons.merge(calibration.reason().word(), 1, Integer::sum);
            CalibrationServer server = requireNonNull(scene.servers.get(group));
            for (CalibratedWindow window : calibration.windows()) {
                Optional<WindowModel> model = window.model();
                if (model.isPresent() && !scene.isTrue(model.get(), server)) {
                    tally.wrong.add("seed " + seed + " " + server.model + " " + server.windows + " counts "
                            + server.counts + " lag " + server.lag + ": " + window);
                }
            }
            tally.right += calibration.reason() == CalibrationReason.MEASURED ? 1 : 0;
            tally.most = Math.max(tally.most, scene.mostShare);
        });
    }

    private CalibrationScene scene(long seed, Model model, Reset reset, double length) {
        return scene(seed, model, reset, length, 0, 1);
    }

    private CalibrationScene scene(long seed, Model model, Reset reset, double length, double lag, int nodes) {
        CalibrationScene scene = new CalibrationScene(seed);
        Random random = scene.random;
        boolean counts = random.nextBoolean();
        boolean tightest = random.nextBoolean();
        boolean two = random.nextInt(4) > 0;
        double general = List.of(180.0, 360.0, 1_200.0).get(random.nextInt(3));
        scene.servers.put(GENERAL, server(model, reset, counts, (long) general, length, tightest, lag, nodes, random));
        if (two) {
            scene.servers.put(FEED, server(model, reset, counts, 120, length, tightest, lag, nodes, random));
        }
        scene.clockOffset = random.nextDouble() * 1_000;
        scene.latency = random.nextDouble() * 0.1;
        scene.jitter = random.nextDouble() * 0.1;
        if (random.nextBoolean()) {
            double step = 0.2 + random.nextDouble() * 5;
            for (LimiterGroup group : scene.servers.keySet()) {
                scene.before(-step, group);
                scene.before(-step / 2, group);
            }
        }
        return scene;
    }

    private static CalibrationServer server(Model model, Reset reset, boolean counts, long limit, double length,
            boolean tightest,
            double lag, int nodes, Random random) {
        List<Window> windows = List.of(new Window(limit, length), new Window(limit * 28 + 1, 3_600),
                new Window(limit * 280 + 3, 86_400));
        return new CalibrationServer(model, reset, counts, windows, tightest, lag, nodes, random);
    }

    @Test
    void clean_keys_are_measured() {
        for (Model model : Model.values()) {
            for (Reset reset : Reset.values()) {
                for (int i = 0; i < CLEAN / 2; i++) {
                    long seed = SEED + i;
                    double length = List.of(20.0, 30.0, 60.0, 120.0).get(i % 4);
                    CalibrationScene scene = scene(seed, model, reset, length);
                    CalibrationServer server = requireNonNull(scene.servers.get(GENERAL));
                    boolean witnessed = !server.counts || reset == Reset.OLDEST || scene.servers.size() > 1;
                    play(String.format(Locale.ROOT, "%s %s %ds%s", model, reset, (int) length,
                            witnessed ? "" : " without a witness"), scene, seed);
                }
            }
        }
        report("clean");
        tallies.forEach((name, tally) -> {
            if (name.startsWith("LOG") && !name.endsWith("witness")) {
                assertThat(tally.right).as(name).isGreaterThanOrEqualTo((int) Math.ceil(tally.played * 0.99));
                assertThat(tally.most).as(name + ": share of the limit").isLessThanOrEqualTo(0.1);
            }
        });
    }

    /** Servers, networks and other users of every kind, all at once. */
    @Test
    void troubled_keys_are_never_measured_wrongly() {
        for (int i = 0; i < TROUBLED; i++) {
            long seed = SEED + 1_000_000 + i;
            Random draw = new Random((seed ^ 0x5eed) * 0x9E3779B97F4A7C15L);
            Model model = draw.nextInt(3) == 0 ? Model.LOG : any(draw, Model.values());
            Reset reset = any(draw, Reset.values());
            double length = List.of(20.0, 30.0, 60.0, 120.0).get(draw.nextInt(4));
            double lag = draw.nextInt(4) > 0 ? 0 : draw.nextBoolean() ? draw.nextDouble() * 8 : draw.nextDouble();
            int nodes = draw.nextInt(5) == 0 ? 2 : 1;
            CalibrationScene scene = scene(seed, model, reset, length, lag, nodes);
            scene.jitter = draw.nextInt(3) == 0 ? draw.nextDouble() * 0.8 : scene.jitter;
            scene.lateness = draw.nextInt(3) == 0 ? draw.nextDouble() * 0.5 : scene.lateness;
            scene.lostRequests = draw.nextInt(3) == 0 ? draw.nextDouble() * 0.05 : 0;
            scene.lostReplies = draw.nextInt(3) == 0 ? draw.nextDouble() * 0.05 : 0;
            scene.share = draw.nextInt(3) == 0 ? 0.3 : 0.1;
            String use = others(scene, draw, length);
            play(String.format(Locale.ROOT, "%s%s, %s", model, nodes == 2 ? " on two nodes" : lag > 0 ? " lagging" : "",
                    use), scene, seed);
        }
        report("troubled");
    }

    private static <T> T any(Random draw, T[] values) {
        return List.of(values).get(draw.nextInt(values.length));
    }

    /** Somebody else uses the candidate. */
    private static String others(CalibrationScene scene, Random draw, double length) {
        double begin = -draw.nextDouble() * 3 * length;
        double end = 900;
        int pattern = draw.nextInt(6);
        if (pattern == 0) { // with the jitter and drift of a real timer
            double period = length + (draw.nextBoolean() ? 0 : draw.nextDouble() * 0.3);
            double jitter = draw.nextBoolean() ? 0 : draw.nextDouble() * 0.5;
            for (double t = begin; t < end; t += period) {
                scene.foreign.add(new Foreign(t + draw.nextDouble() * jitter, GENERAL));
            }
            return "a cron once per window";
        }
        if (pattern == 1) {
            double mean = length * (0.2 + 3 * draw.nextDouble());
            for (double t = begin; t < end; t -= mean * Math.log(1 - draw.nextDouble())) {
                scene.foreign.add(new Foreign(t, draw.nextBoolean() ? GENERAL : FEED));
            }
            scene.foreign.removeIf(f -> !scene.servers.containsKey(f.group()));
            return "somebody at random";
        }
        if (pattern == 2) {
            for (int i = 0; i < 1 + draw.nextInt(3); i++) {
                scene.foreign.add(new Foreign(-draw.nextDouble() * length, GENERAL));
            }
            return "tried out by hand before";
        }
        return "nobody";
    }

    private void report(String title) {
        tallies.forEach((name, t) -> System.out.printf(Locale.ROOT,
                "calibration, %s, %s: %d of %d measured, %d wrong, %.0f s, %.0f requests, at most %.3f of the limit, %s%n",
                title, name, t.right,
                t.played, t.wrong.size(), t.seconds / t.played, (double) t.sent / t.played, t.most, t.reasons));
        assertThat(tallies.values().stream().flatMap(t -> t.wrong.stream())).isEmpty();
    }
}
