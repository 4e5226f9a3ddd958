package io.keywane.usage;

import io.keywane.usage.WindowModel.Kind;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static io.keywane.usage.PlanScene.rolling;
import static io.keywane.usage.PlanScene.seconds;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many seeded plans, each followed in virtual time: probes come late, get lost, are repeated, and the host restarts. What
 * must always hold is checked at each step, from the ledger alone and by arithmetic of its own.
 */
class ProbePlanRandomTest {
    private static final int SEEDS = 400;
    private static final int STEPS = 150;
    private static final double MARGIN = 1.2;
    private static final List<List<WindowModel>> WINDOWS = List.of(
            List.of(rolling(360, 60, 2)),
            List.of(rolling(60, 60, 2)),
            List.of(rolling(360, 60, 11)),
            List.of(rolling(10_000, 3_600, 2)),
            List.of(rolling(10_000, 3_600, 40)),
            List.of(rolling(360, 60, 2), rolling(10_000, 3_600, 2)),
            List.of(rolling(10_000, 3_600, 2), rolling(360, 60, 2)),
            List.of(rolling(100_000, 86_400, 2), rolling(10_000, 3_600, 2), rolling(360, 60, 2)),
            List.of(PlanScene.fixed(360, 60)),
            List.of(PlanScene.fixed(10_000, 3_600)),
            List.of(rolling(7, 20, 1)));

    private int sent;
    private int atTheEdge;
    private int putOff;

    @Test
    void plans_whateverHappens_keepTheirPromises() {
        for (int seed = 0; seed < SEEDS; seed++) {
            follow(seed);
        }

        // Each promise was put to the test.
        assertThat(sent).isEqualTo(SEEDS * STEPS);
        assertThat(atTheEdge).as("probes for which there was no free instant").isBetween(1, sent / 20);
        assertThat(putOff).as("probes that the budget put off").isGreaterThan(sent / 20);
    }

    private void follow(int seed) {
        Random random = new Random(seed);
        PlanScene scene = PlanScene.of(WINDOWS.get(random.nextInt(WINDOWS.size())).toArray(WindowModel[]::new));
        scene.purpose = random.nextInt(4) == 0 ? ProbePurpose.WATCH : ProbePurpose.PROVE;
        scene.budget = new ProbeBudget(100, List.of(0.001, 0.006, 0.01, 0.1, 0.5).get(random.nextInt(5)));
        scene.interval = Duration.ofSeconds(List.of(5, 60, 300).get(random.nextInt(3)));
        scene.fixedDisplay = random.nextBoolean();
        double now = 100 + random.nextDouble() * 10;
        for (int step = 0; step < STEPS; step++) {
            PlannedProbe plan = scene.next(now);
            double at = seconds(plan.at().sinceBoot());
            String what = "seed " + seed + ", step " + step + ", " + plan;
            assertThat(at).as(what).isGreaterThanOrEqualTo(now - 1e-6).isLessThan(now + 300_000);
            boolean late = random.nextInt(10) == 0;
            if (late) {
                now = at + random.nextDouble() * 30;
                at = seconds(scene.next(now).at().sinceBoot());
            }
            checkEdge(scene, now, at, what);
            checkBudget(scene, at, what);
            send(scene, random, at);
            now = at + 0.3 + (random.nextInt(8) == 0 ? random.nextDouble() * 90 : 0);
        }
    }

    /** In an edge zone only where the whole allowed range is one. */
    private void checkEdge(PlanScene scene, double now, double at, String what) {
        sent++;
        WindowModel shown = scene.windows.getFirst();
        if (scene.own.isEmpty() || shown.kind() == Kind.FIXED || !isAtEdge(scene, shown, at)) {
            return;
        }
        atTheEdge++;
        double last = seconds(scene.own.getLast().likely());
        double end = scene.purpose == ProbePurpose.PROVE
                ? last + Math.min(0.95 * seconds(shown.inside()), seconds(shown.reach())) - MARGIN
                : at;
        for (double other = Math.max(now, at); other < end; other += 0.05) {
            assertThat(isAtEdge(scene, shown, other)).as("%s: %s was free", what, other).isTrue();
        }
    }

    private static boolean isAtEdge(PlanScene scene, WindowModel window, double at) {
        double half = seconds(window.edge()) + MARGIN;
        return scene.own.stream().anyMatch(t -> {
            double until = t.isCounted() ? seconds(t.latest()) : seconds(t.earliest()) + 2;
            double leaves = seconds(window.length());
            return at >= seconds(t.earliest()) + leaves - half && at <= until + leaves + half;
        });
    }

    /** Never more own requests than our share in any known window that ends with this one. */
    private void checkBudget(PlanScene scene, double at, String what) {
        for (WindowModel window : scene.windows) {
            double from = at - seconds(window.length());
            long own = scene.own.stream().filter(t -> seconds(t.latest()) > from).count() + 1;
            assertThat(own).as("%s: own requests in %s", what, window)
                    .isLessThanOrEqualTo(scene.budget.allowed(window.limit()));
        }
        boolean low = scene.lastGood.orElseThrow().headers().rateLimit().orElseThrow().remaining() <= ProbeBudget
                .reserve(scene.windows.getFirst().limit());
        if (low && scene.purpose == ProbePurpose.PROVE) {
            double gone = seconds(scene.lastGood.orElseThrow().received().sinceBoot())
                    + seconds(scene.windows.getFirst().length());
            assertThat(at).as("%s: the reserve", what).isGreaterThanOrEqualTo(gone - 1e-6);
            putOff++;
        }
    }

    private static void send(PlanScene scene, Random random, double at) {
        int fate = random.nextInt(20);
        if (fate == 0) {
            scene.unanswered(at);
            scene.notBefore = random.nextBoolean()
                    ? Optional.of(PlanScene.at(at + random.nextDouble() * 100))
                    : Optional.empty();
            return;
        }
        double flight = 0.05 + random.nextDouble() * 0.4;
        scene.own.add(new OwnTime(seconds(at), seconds(at + flight), OwnFate.COUNTED));
        WindowModel shown = scene.windows.getFirst();
        long remaining = random.nextInt(12) == 0 ? random.nextLong(1 + shown.limit() / 20) : shown.limit() - 1;
        scene.show(shown.limit(), remaining, at, Math.ceil(at / seconds(shown.length())) * seconds(shown.length()));
    }
}
