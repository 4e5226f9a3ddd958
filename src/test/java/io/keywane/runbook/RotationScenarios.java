package io.keywane.runbook;

import io.keywane.Rig;
import io.keywane.alert.AlertName;
import io.keywane.control.Verb;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** Rotations, and the keys that leave. */
final class RotationScenarios {
    private RotationScenarios() {}

    static List<Scenario> all() {
        return List.of(Scenario.of("KeywaneRotationDue", RotationScenarios::due),
                Scenario.of("KeywaneRotationStuck", RotationScenarios::stuck),
                Scenario.of("KeywaneRotationParked", RotationScenarios::parked),
                Scenario.of("KeywaneForeignChange", RotationScenarios::foreignChange),
                Scenario.of("KeywaneRevocationPending", RotationScenarios::pending),
                Scenario.of("KeywaneFlaggedKeyUsed", RotationScenarios::flaggedUsed),
                Scenario.of("KeywaneRevokedKeyAccepted", RotationScenarios::revokedAccepted));
    }

    private static void due(Scene scene) throws Exception {
        scene.start(new SceneConfig().policy("approval: required, quiet_period: 5s, max_age: 30d"));
        scene.importKey(Scene.KEY);
        scene.follower();
        scene.clock().forward(Duration.ofDays(31));
        scene.fires(AlertName.ROTATION_DUE);
        scene.page().through("Diagnosis");
        scene.page().types(scene.newKey("FILE").material().exposeString());
        scene.page().bind("NAME", "search 2026");
        scene.page().block("Mitigation");
        scene.page().block("Mitigation");
        try (Scene.Passing _ = scene.timePasses()) {
            scene.page().block("Mitigation");
        }
        scene.page().through("Verification");
        scene.isGone(AlertName.ROTATION_DUE);
    }

    /** Somebody holds on to the old key; a person's word ends the wait, and later takes it back. */
    private static void stuck(Scene scene) throws Exception {
        scene.start(new SceneConfig().alerts("calm: 1s, rotation_stuck: 30m"));
        Rig.NewKey old = scene.importKey(Scene.KEY);
        scene.follower();
        scene.user(() -> old.material().exposeString(), Duration.ofMillis(500), "/api/connectors/filters");
        scene.change(Verb.ROTATION_START, Scene.KEY);
        scene.supply(scene.newKey("FILE"));
        scene.untilRotation("draining");
        for (int i = 0; i < 4; i++) {
            Thread.sleep(Duration.ofSeconds(3));
            scene.clock().forward(Duration.ofMinutes(9));
        }
        scene.fires(AlertName.ROTATION_STUCK);
        scene.untilReason("waits_for_silence");
        scene.page().through("Diagnosis");
        scene.page().through("Mitigation");
        scene.page().through("Verification");
        scene.isGone(AlertName.ROTATION_STUCK);
        scene.page().through("Rollback");
        scene.untilRolledBack();
    }

    /** A rollback to a key that is refused; then another key's rotation, which somebody else's change stopped. */
    private static void parked(Scene scene) throws Exception {
        scene.start(new SceneConfig().key("billing"));
        Rig.NewKey first = scene.importKey(Scene.KEY);
        scene.importKey("billing");
        scene.follower();
        scene.change(Verb.ROTATION_START, Scene.KEY);
        scene.supply(scene.newKey("FILE"));
        scene.untilRotation("draining");
        scene.sandbox().revokeKey(first.id());
        scene.clock().forward(Duration.ofMinutes(2));
        scene.change(Verb.ROTATION_ROLLBACK, Scene.KEY);
        scene.fires(AlertName.ROTATION_PARKED);
        scene.page().through("Diagnosis");
        scene.page().block("Mitigation");
        scene.isGone(AlertName.ROTATION_PARKED);
        scene.change(Verb.ROTATION_START, "billing");
        scene.stop();
        scene.changeByHand("billing", scene.newKey("FILE"));
        scene.start();
        scene.fires(AlertName.ROTATION_PARKED);
        scene.page().bind("KEY", "billing");
        scene.page().through("Mitigation");
        scene.page().through("Verification");
        scene.isGone(AlertName.ROTATION_PARKED);
    }

    /** A second hand promotes another key in the store while the daemon is away. */
    private static void foreignChange(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        scene.follower();
        scene.stop();
        scene.changeByHand(Scene.KEY, scene.newKey("FILE"));
        scene.start();
        scene.fires(AlertName.FOREIGN_CHANGE);
        scene.page().through("Diagnosis");
        scene.page().block("Mitigation");
        scene.isGone(AlertName.FOREIGN_CHANGE);
        scene.untilRotation("draining");
        scene.page().block("Mitigation");
        scene.untilRolledBack();
        scene.page().through("Verification");
        scene.isGone(AlertName.FOREIGN_CHANGE);
    }

    private static void pending(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        Rig.NewKey old = scene.importKey(Scene.KEY);
        scene.follower();
        scene.rotateAndFlag(scene.newKey("FILE"));
        scene.clock().forward(Duration.ofDays(8));
        scene.fires(AlertName.REVOCATION_PENDING);
        scene.page().through("Diagnosis");
        scene.sandbox().revokeKey(old.id());
        scene.page().through("Mitigation");
        scene.page().through("Verification");
        scene.isGone(AlertName.REVOCATION_PENDING);
    }

    /** A weekly job comes back with the old key, and is then given the new one. */
    private static void flaggedUsed(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        Rig.NewKey old = scene.importKey(Scene.KEY);
        scene.follower();
        scene.change(Verb.ROTATION_START, Scene.KEY);
        scene.supply(scene.newKey("FILE"));
        try (Scene.Passing _ = scene.timePasses()) {
            scene.untilRotation("flagged");
        }
        scene.use(old, 3);
        scene.clock().forward(Duration.ofMinutes(5));
        scene.fires(AlertName.FLAGGED_KEY_USED);
        scene.page().through("Diagnosis");
        try (Scene.Passing _ = scene.timePasses()) {
            scene.isGone(AlertName.FLAGGED_KEY_USED);
        }
        scene.page().through("Verification");
    }

    private static void revokedAccepted(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        Rig.NewKey old = scene.importKey(Scene.KEY);
        scene.follower();
        scene.rotateAndFlag(scene.newKey("FILE"));
        scene.refused(scene.request(Verb.ROTATION_CONFIRM_REVOKED, Scene.KEY));
        scene.clock().forward(Duration.ofMinutes(6));
        scene.fires(AlertName.REVOKED_KEY_ACCEPTED);
        scene.page().through("Diagnosis");
        scene.sandbox().revokeKey(old.id());
        scene.page().through("Mitigation");
        scene.page().through("Verification");
        scene.isGone(AlertName.REVOKED_KEY_ACCEPTED);
        Files.delete(scene.folder().resolve("FILE"));
    }
}
