package io.keywane.runbook;

import io.keywane.Rig;
import io.keywane.alert.AlertName;
import io.keywane.control.Verb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What people set out to do. */
final class TaskScenarios {
    private TaskScenarios() {}

    static List<Scenario> all() {
        return List.of(Scenario.of("rotate-by-hand", TaskScenarios::rotate),
                Scenario.of("emergency-after-a-leak", TaskScenarios::emergency),
                Scenario.of("adopt-a-manual-change", TaskScenarios::adopt),
                Scenario.of("move-to-another-host", TaskScenarios::move),
                Scenario.of("restore-from-backup", TaskScenarios::restore),
                Scenario.of("lost-key-encryption-key", TaskScenarios::lostKey),
                Scenario.of("store-down", TaskScenarios::storeDown),
                Scenario.of("wrong-key-revoked", TaskScenarios::wrongKey));
    }

    private static void rotate(Scene scene) throws Exception {
        scene.start(new SceneConfig().policy("approval: required, quiet_period: 5s"));
        Rig.NewKey old = scene.importKey(Scene.KEY);
        scene.follower();
        scene.page().through("Diagnosis");
        scene.page().types(scene.newKey("FILE").material().exposeString());
        scene.page().bind("NAME", "search 2026");
        scene.page().block("Mitigation");
        scene.page().block("Mitigation");
        scene.untilReason("waits_for_approval");
        scene.page().block("Mitigation");
        scene.untilRotation("draining");
        try (Scene.Passing _ = scene.timePasses()) {
            scene.page().block("Mitigation");
        }
        scene.sandbox().revokeKey(old.id());
        scene.page().through("Mitigation");
        scene.page().through("Verification");
    }

    private static void emergency(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        Rig.NewKey old = scene.importKey(Scene.KEY);
        scene.follower();
        scene.user(() -> old.material().exposeString(), Duration.ofMillis(300), "/api/connectors/filters");
        scene.page().through("Diagnosis");
        scene.newKey("FILE");
        scene.page().block("Mitigation");
        scene.sandbox().revokeKey(old.id());
        scene.page().through("Mitigation");
        scene.page().through("Verification");
    }

    private static void adopt(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        scene.follower();
        scene.stop();
        scene.changeByHand(Scene.KEY, scene.newKey("FILE"));
        scene.start();
        scene.fires(AlertName.FOREIGN_CHANGE);
        scene.page().through("Diagnosis");
        scene.page().bind("NAME", "search 2026");
        scene.page().through("Mitigation");
        try (Scene.Passing _ = scene.timePasses()) {
            scene.page().through("Verification");
        }
        scene.isGone(AlertName.FOREIGN_CHANGE);
    }

    /** The new host is this one, with folders that were copied there. */
    private static void move(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        scene.page().through("Diagnosis");
        scene.stop();
        Path state = scene.folder().resolve("state");
        Files.move(state, scene.folder().resolve("old-host"));
        run(scene, "cp", "-a", scene.folder().resolve("old-host").toString(), state.toString());
        Files.delete(scene.published(Scene.KEY));
        scene.page().through("Mitigation");
        scene.start();
        scene.until("it is published", () -> Files.exists(scene.published(Scene.KEY)));
        scene.page().through("Verification");
    }

    /** The state is lost after a rotation that the backup does not know of; the key files are there. */
    private static void restore(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        scene.follower();
        String backup = scene.folder().resolve("backup").toString();
        scene.page().bind("FILE", backup);
        String configuration = scene.folder().resolve("keywane.yaml").toString();
        assertThat(scene.rig().launch(scene.folder().resolve("backup.log"), "backup", "create", backup, "--config",
                configuration).waitFor()).isZero();
        scene.rotateAndFlag(scene.newKey("NEXT"));
        scene.stop();
        Files.delete(scene.folder().resolve("state/keywane.db"));
        scene.page().through("Diagnosis");
        scene.page().block("Mitigation");
        scene.page().block("Mitigation");
        scene.start();
        scene.fires(AlertName.FOREIGN_CHANGE);
        scene.page().through("Mitigation");
        scene.isGone(AlertName.FOREIGN_CHANGE);
        scene.page().through("Verification");
    }

    private static void lostKey(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        scene.stop();
        Path kek = scene.folder().resolve("kek");
        byte[] other = Files.readAllBytes(kek);
        other[0]++;
        Files.write(kek, other);
        scene.start();
        scene.fires(AlertName.STORE_FAILING);
        scene.page().through("Diagnosis");
        scene.stop();
        scene.page().block("Mitigation");
        Files.createDirectory(scene.folder().resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        scene.start();
        scene.page().through("Mitigation");
        scene.until("it is accepted", () -> scene.detail(Scene.KEY).summary().groups().stream()
                .allMatch(g -> g.lastOutcome().filter("valid"::equals).isPresent()));
        scene.page().through("Verification");
        scene.isGone(AlertName.STORE_FAILING);
    }

    private static void storeDown(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        scene.change(Verb.ROTATION_START, Scene.KEY);
        Path keys = scene.folder().resolve("state/keys");
        Path away = scene.folder().resolve("unmounted");
        Files.move(keys, away);
        scene.untilRotation("parked");
        scene.page().through("Diagnosis");
        scene.page().through("Mitigation");
        Files.move(away, keys);
        scene.page().through("Verification");
    }

    private static void wrongKey(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        scene.follower();
        Rig.NewKey next = scene.newKey("FILE");
        scene.rotateAndFlag(next);
        scene.sandbox().revokeKey(next.id());
        try (Scene.Passing _ = scene.timePasses()) {
            scene.untilRolledBack();
        }
        scene.page().through("Diagnosis");
        scene.page().block("Mitigation");
        scene.newKey("FILE");
        try (Scene.Passing _ = scene.timePasses()) {
            scene.page().through("Mitigation");
        }
        scene.page().through("Verification");
        scene.isGone(AlertName.KEY_REJECTED);
    }

    private static void run(Scene scene, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(scene.folder().toFile()).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
