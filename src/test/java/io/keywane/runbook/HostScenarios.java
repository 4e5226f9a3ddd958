package io.keywane.runbook;

import io.keywane.alert.AlertName;
import io.keywane.control.Verb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;

/** The daemon and its host. */
final class HostScenarios {
    private HostScenarios() {}

    static List<Scenario> all() {
        return List.of(Scenario.of("KeywaneDown", HostScenarios::down),
                Scenario.of("KeywaneConfigReloadFailed", HostScenarios::reloadFailed),
                Scenario.of("KeywaneStoreFailing", HostScenarios::storeFailing),
                Scenario.of("KeywaneAuditFailing", HostScenarios::auditFailing),
                Scenario.of("KeywaneConsumersNotTold", HostScenarios::consumersNotTold));
    }

    /** A real process, killed; its configuration was spoilt meanwhile. */
    private static void down(Scene scene) throws Exception {
        scene.configure(new SceneConfig());
        scene.startProcess();
        scene.importKey(Scene.KEY);
        scene.rig().killDaemons();
        Path config = scene.folder().resolve("keywane.yaml");
        String good = Files.readString(config);
        Files.writeString(config, good.replace("quiet_period", "quiet_perod"));
        scene.fires(AlertName.DOWN);
        scene.page().through("Diagnosis");
        scene.page().through("Mitigation");
        Files.writeString(config, good);
        scene.startProcess();
        scene.page().through("Verification");
        scene.isGone(AlertName.DOWN);
    }

    private static void reloadFailed(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        Path config = scene.folder().resolve("keywane.yaml");
        String good = Files.readString(config);
        Files.writeString(config, good.replace("quiet_period", "quiet_perod"));
        scene.reload();
        scene.fires(AlertName.CONFIG_RELOAD_FAILED);
        scene.page().through("Diagnosis");
        Files.writeString(config, good);
        scene.page().through("Mitigation");
        scene.reload();
        scene.page().through("Verification");
        scene.isGone(AlertName.CONFIG_RELOAD_FAILED);
    }

    /** The folder of keys is away, as when a file system is not mounted. */
    private static void storeFailing(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        Path keys = scene.folder().resolve("state/keys");
        Path away = scene.folder().resolve("unmounted");
        Files.move(keys, away);
        scene.fires(AlertName.STORE_FAILING);
        scene.page().through("Diagnosis");
        Files.move(away, keys);
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-x---"));
        scene.page().through("Mitigation");
        scene.page().through("Verification");
        scene.isGone(AlertName.STORE_FAILING);
    }

    /** The program that tells consumers fails, and is mended. */
    private static void consumersNotTold(Scene scene) throws Exception {
        Path program = scene.folder().resolve("tell");
        Path told = scene.folder().resolve("told");
        tells(program, "echo no such unit >&2; exit 1");
        scene.start(new SceneConfig().telling(Scene.KEY, program));
        scene.importKey(Scene.KEY);
        scene.fires(AlertName.CONSUMERS_NOT_TOLD);
        scene.page().through("Diagnosis");
        tells(program, "echo told > " + told);
        scene.reload();
        scene.until("told", () -> Files.exists(told));
        scene.page().through("Verification");
        scene.isGone(AlertName.CONSUMERS_NOT_TOLD);
    }

    private static void tells(Path program, String script) throws Exception {
        Path next = Files.writeString(program.resolveSibling("tell.next"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
        Files.move(next, program, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Another program keeps the database to itself. */
    private static void auditFailing(Scene scene) throws Exception {
        scene.start(new SceneConfig());
        scene.importKey(Scene.KEY);
        try (Connection other = DriverManager
                .getConnection("jdbc:sqlite:" + scene.folder().resolve("state/keywane.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            scene.refused(scene.request(Verb.ROTATION_START, Scene.KEY));
            statement.execute("ROLLBACK");
        }
        scene.fires(AlertName.AUDIT_FAILING);
        scene.page().through("Diagnosis");
        scene.page().through("Verification");
        scene.isGone(AlertName.AUDIT_FAILING);
    }
}
