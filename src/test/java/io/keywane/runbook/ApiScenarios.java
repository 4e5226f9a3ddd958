package io.keywane.runbook;

import io.keywane.Rig;
import io.keywane.alert.AlertName;
import io.keywane.sandbox.Faults;
import io.keywane.sandbox.FeedPlan;
import io.keywane.sandbox.RateSettings;
import io.keywane.sandbox.WindowLimit;

import java.time.Duration;
import java.util.List;

/** The API and the way to it. */
final class ApiScenarios {
    private static final String OTHER = "billing";

    private ApiScenarios() {}

    static List<Scenario> all() {
        return List.of(Scenario.of("KeywaneKeyRejected", ApiScenarios::keyRejected),
                Scenario.of("KeywaneHeaderStripped", ApiScenarios::headerStripped),
                Scenario.of("KeywaneApiUnreachable", ApiScenarios::apiUnreachable),
                Scenario.of("KeywaneProbesStale", ApiScenarios::probesStale),
                Scenario.of("KeywanePlanLimited", ApiScenarios::planLimited),
                Scenario.of("KeywaneRateLimitSaturated", ApiScenarios::saturated),
                Scenario.of("KeywaneWindowContradicted", ApiScenarios::contradicted));
    }

    /** First after an emergency, where the former key still works; then that is refused, too. */
    private static void keyRejected(Scene scene) throws Exception {
        scene.start(new SceneConfig().key(OTHER));
        Rig.NewKey first = scene.importKey(Scene.KEY);
        scene.importKey(OTHER);
        Rig.NewKey second = scene.emergency();
        scene.sandbox().revokeKey(second.id());
        scene.fires(AlertName.KEY_REJECTED);
        scene.page().through("Diagnosis");
        scene.page().block("Mitigation");
        scene.isGone(AlertName.KEY_REJECTED);
        scene.sandbox().revokeKey(first.id());
        scene.fires(AlertName.KEY_REJECTED);
        scene.newKey("FILE");
        scene.page().block("Mitigation");
        scene.page().through("Verification");
        scene.isGone(AlertName.KEY_REJECTED);
    }

    private static void headerStripped(Scene scene) throws Exception {
        scene.start(new SceneConfig().key(OTHER));
        scene.importKey(Scene.KEY);
        scene.importKey(OTHER);
        scene.sandbox().setFaults(Faults.NONE.withStripKeyHeader(true));
        scene.fires(AlertName.HEADER_STRIPPED);
        scene.page().through("Diagnosis");
        scene.sandbox().clearFaults();
        scene.isGone(AlertName.HEADER_STRIPPED);
        scene.page().through("Verification");
    }

    private static void apiUnreachable(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        scene.sandbox().setFaults(Faults.NONE.withErrorShare(1));
        scene.fires(AlertName.API_UNREACHABLE);
        scene.page().through("Diagnosis");
        scene.sandbox().clearFaults();
        scene.isGone(AlertName.API_UNREACHABLE);
        scene.page().through("Verification");
    }

    private static void probesStale(Scene scene) throws Exception {
        scene.start(new SceneConfig().key(OTHER));
        scene.importKey(Scene.KEY);
        scene.sandbox().setFaults(Faults.NONE.withCaptivePage(true));
        scene.fires(AlertName.PROBES_STALE);
        scene.page().through("Diagnosis");
        scene.sandbox().clearFaults();
        scene.newKey("FILE");
        scene.page().bind("KEY", OTHER);
        scene.page().through("Mitigation");
        scene.page().bind("KEY", Scene.KEY);
        scene.page().through("Verification");
        scene.isGone(AlertName.PROBES_STALE);
    }

    private static void planLimited(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        scene.sandbox().changeFeedPlan(scene.rig().organisation(), FeedPlan.CLOSED);
        scene.fires(AlertName.PLAN_LIMITED);
        scene.page().through("Diagnosis");
        scene.sandbox().changeFeedPlan(scene.rig().organisation(), FeedPlan.OPEN);
        scene.page().through("Verification");
        scene.isGone(AlertName.PLAN_LIMITED);
    }

    private static void saturated(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        Rig.NewKey key = scene.importKey(Scene.KEY);
        RateSettings rates = scene.sandbox().rates(scene.rig().organisation());
        List<WindowLimit> small = RateSettings.limits(rates.general().stream().map(WindowLimit::window).toList(),
                List.of(1_000, 400_000, 2_000_000));
        scene.sandbox().changeRates(scene.rig().organisation(), rates.withGeneral(small));
        scene.use(key, 850);
        scene.fires(AlertName.RATE_LIMIT_SATURATED);
        scene.page().through("Diagnosis");
        scene.clock().forward(Duration.ofMinutes(11));
        scene.isGone(AlertName.RATE_LIMIT_SATURATED);
        scene.page().through("Verification");
    }

    /** The counter is lost, as when the limiter restarts; the key kept for calibration shows what is true. */
    private static void contradicted(Scene scene) throws Exception {
        scene.start(new SceneConfig().key("spare"));
        Rig.NewKey key = scene.importKey(Scene.KEY);
        scene.importKey("spare");
        scene.sandbox().wipeCounters(key.id());
        scene.fires(AlertName.WINDOW_CONTRADICTED);
        scene.page().through("Diagnosis");
        scene.page().bind("NAME", "spare");
        scene.page().through("Mitigation");
        scene.page().through("Verification");
        scene.isGone(AlertName.WINDOW_CONTRADICTED);
    }
}
