package io.keywane.runbook;

import io.keywane.Rig;
import io.keywane.alert.AlertName;

import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** The wallet. */
final class CreditScenarios {
    private CreditScenarios() {}

    static List<Scenario> all() {
        return List.of(new Scenario("KeywaneCreditsLow", 700, CreditScenarios::low),
                new Scenario("KeywaneCreditsRunOutSoon", 2_500, CreditScenarios::runOutSoon),
                new Scenario("KeywaneCreditsRunOutInDays", 3_000, CreditScenarios::runOutInDays),
                new Scenario("KeywaneOutOfCredits", 300, CreditScenarios::empty),
                Scenario.of("KeywaneUnknownKeyInUse", CreditScenarios::unknownKey));
    }

    private static void low(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        Rig.NewKey key = scene.importKey(Scene.KEY);
        scene.spend(key, 300);
        scene.fires(AlertName.CREDITS_LOW);
        scene.page().through("Diagnosis");
        scene.page().through("Mitigation");
        topUp(scene);
        scene.isGone(AlertName.CREDITS_LOW);
        scene.page().through("Verification");
        scene.page().through("Rollback");
    }

    private static void runOutSoon(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        Rig.NewKey key = scene.importKey(Scene.KEY);
        scene.untilWalletIsRead();
        scene.spend(key, 1_500);
        scene.clock().forward(Duration.ofMinutes(200));
        scene.fires(AlertName.CREDITS_RUN_OUT_SOON);
        scene.page().through("Diagnosis");
        topUp(scene);
        scene.isGone(AlertName.CREDITS_RUN_OUT_SOON);
        scene.page().through("Verification");
    }

    private static void runOutInDays(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        Rig.NewKey key = scene.importKey(Scene.KEY);
        scene.untilWalletIsRead();
        scene.spend(key, 1_500);
        scene.clock().forward(Duration.ofMinutes(760));
        scene.fires(AlertName.CREDITS_RUN_OUT_IN_DAYS);
        scene.page().through("Diagnosis");
        topUp(scene);
        scene.isGone(AlertName.CREDITS_RUN_OUT_IN_DAYS);
        scene.page().through("Verification");
    }

    private static void empty(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        Rig.NewKey key = scene.importKey(Scene.KEY);
        scene.spend(key, 300);
        scene.fires(AlertName.OUT_OF_CREDITS);
        scene.page().through("Diagnosis");
        topUp(scene);
        scene.isGone(AlertName.OUT_OF_CREDITS);
        scene.page().through("Verification");
    }

    /** Whoever uses it hands it in; six hours later nothing speaks for another. */
    private static void unknownKey(Scene scene) throws Exception {
        SceneConfig config = new SceneConfig().probing("interval: 60s, balance_interval: 60s");
        scene.start(config);
        Rig.NewKey stranger = scene.newKey("FILE");
        try (Scene.Passing _ = scene.timePasses(Duration.ofSeconds(31), Duration.ofSeconds(1))) {
            scene.importKey(Scene.KEY);
            scene.untilWalletIsRead();
            Thread.sleep(Duration.ofSeconds(14));
            scene.spend(stranger, 100);
            scene.fires(AlertName.UNKNOWN_KEY);
        }
        scene.page().through("Diagnosis");
        scene.configure(config.key("reports"));
        scene.reload();
        scene.page().bind("NAME", "reports");
        scene.page().through("Mitigation");
        scene.clock().forward(Duration.ofHours(7));
        scene.isGone(AlertName.UNKNOWN_KEY);
        scene.page().through("Verification");
        Files.writeString(scene.folder().resolve("FILE"), "", StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void topUp(Scene scene) {
        scene.sandbox().topUp(scene.rig().organisation(), 1_000_000);
    }
}
