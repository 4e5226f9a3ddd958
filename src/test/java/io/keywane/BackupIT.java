package io.keywane;

import io.keywane.control.Verb;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A backup that is older than a promotion is put back: no key is lost, and no consumer is given a refused one. */
@Execution(ExecutionMode.CONCURRENT)
class BackupIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    /** Some intervals of probing, and several rounds of the engine. */
    private static final Duration WHILE = Duration.ofSeconds(15);

    @Test
    void oldState_besideALaterStore_findsTheLaterKeyAndTakesItIn(@TempDir Path folder) throws Exception {
        try (Rig rig = new Rig(folder)) {
            Rig.NewKey second = rotateAfterABackup(rig);

            assertThat(backup(rig, "restore", "--reason", "test", "--yes")).isEqualTo(6);
            assertThat(backup(rig, "restore", "--reason", "test", "--yes", "--over-newer")).isZero();
            Files.delete(rig.published());
            rig.start();

            neverServes(rig, second);
            rig.change(Verb.ROTATION_ADOPT);
            rig.until("the later key to be published", LONG, () -> serves(rig, second));
        }
    }

    @Test
    void oldState_onAnEmptyHost_publishesNoRevokedKey(@TempDir Path folder) throws Exception {
        try (Rig rig = new Rig(folder)) {
            Rig.NewKey second = rotateAfterABackup(rig);
            remove(folder.resolve("state"));
            remove(folder.resolve("published"));
            Files.createDirectory(folder.resolve("published"));

            assertThat(backup(rig, "verify")).isZero();
            assertThat(backup(rig, "restore", "--reason", "test", "--yes")).isZero();
            rig.start();

            neverServes(rig, second);
            assertThat(rig.published()).doesNotExist();
            rig.change(Verb.ROTATION_START);
            rig.supplyKey(second);
            rig.until("the later key to be published", LONG, () -> serves(rig, second));
        }
    }

    /** A backup is made, then another key takes the place of the first, which a person revokes; the daemon dies. */
    private static Rig.NewKey rotateAfterABackup(Rig rig) throws Exception {
        Process daemon = rig.start();
        Rig.NewKey first = rig.createKey("first");
        Rig.NewKey second = rig.createKey("second");
        rig.importKey(first);
        rig.until("the first key to be published", LONG, () -> serves(rig, first));
        assertThat(backup(rig, "create")).isZero();
        assertThat(backup(rig, "create")).as("a second time").isEqualTo(1);
        rig.change(Verb.ROTATION_START);
        rig.supplyKey(second);
        rig.until("the second key to be published", LONG, () -> serves(rig, second));
        rig.sandbox().revokeKey(first.id());
        assertThat(backup(rig, "restore", "--reason", "test", "--yes", "--over-newer")).as("while it runs")
                .isEqualTo(1);
        daemon.destroyForcibly().waitFor();
        return second;
    }

    private static void neverServes(Rig rig, Rig.NewKey but) {
        Awaitility.await().during(WHILE).atMost(LONG).pollInterval(Duration.ofMillis(100))
                .until(() -> !Files.exists(rig.published()) || serves(rig, but));
    }

    private static boolean serves(Rig rig, Rig.NewKey key) throws IOException {
        return Files.exists(rig.published()) && Files.readString(rig.published()).equals(key.material().exposeString());
    }

    private static int backup(Rig rig, String verb, String... more) throws Exception {
        List<String> arguments = Stream.concat(
                Stream.of("backup", verb, rig.folder().resolve("backup").toString(), "--config",
                        rig.folder().resolve("keywane.yaml").toString()),
                Stream.of(more)).toList();
        return rig.launch(rig.folder().resolve("backup.log"), arguments.toArray(String[]::new)).waitFor();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
