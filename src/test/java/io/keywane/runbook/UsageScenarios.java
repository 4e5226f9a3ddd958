package io.keywane.runbook;

import io.keywane.Rig;
import io.keywane.alert.AlertName;
import io.keywane.anomaly.Anomaly;
import io.keywane.anomaly.AnomalyDetector;
import io.keywane.anomaly.Grade;
import io.keywane.store.SqliteDatabase;
import io.keywane.store.SqliteStateStore;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Use that is not as it was; what was usual is told to the daemon as another run of it would have kept it. */
final class UsageScenarios {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int USUAL = 20;
    private static final int RISEN = 28;
    /** A minute of a scene lasts a few seconds longer, so that less is seen of it for each. */
    private static final int RISEN_NOW = 34;
    private static final int SEEN = 29;
    /** What is seen of each minute after the start grows by so much, until the window of ten minutes is full. */
    private static final int GROWS = 3;
    private static final int MOST_MINUTES = 40;

    private UsageScenarios() {}

    static List<Scenario> all() {
        return List.of(Scenario.of("KeywaneUsageSpike", UsageScenarios::spike),
                Scenario.of("KeywaneUsageRising", UsageScenarios::rising),
                Scenario.of("KeywaneUsageSilent", UsageScenarios::silent));
    }

    private static void spike(Scene scene) throws Exception {
        Rig.NewKey key = watched(scene, usual(scene));
        minutes(scene, key, 500, () -> scene.isListed(AlertName.USAGE_SPIKE));
        scene.fires(AlertName.USAGE_SPIKE);
        scene.page().through("Diagnosis");
        Rig.NewKey next = scene.newKey("FILE");
        scene.page().through("Mitigation");
        minutes(scene, next, USUAL, () -> !scene.isListed(AlertName.USAGE_SPIKE));
        scene.isGone(AlertName.USAGE_SPIKE);
        scene.page().through("Verification");
    }

    /** Use rose by two fifths half a day ago and stays there; a day after it fell again, nobody is told any more. */
    private static void rising(Scene scene) throws Exception {
        Rig.NewKey key = watched(scene, risen(scene));
        minutes(scene, key, RISEN_NOW, () -> scene.isListed(AlertName.USAGE_RISING));
        scene.fires(AlertName.USAGE_RISING);
        scene.page().through("Diagnosis");
        scene.page().through("Mitigation");
        scene.clock().forward(Duration.ofHours(25));
        minutes(scene, key, USUAL, () -> !scene.isListed(AlertName.USAGE_RISING));
        scene.isGone(AlertName.USAGE_RISING);
        scene.page().through("Verification");
    }

    /** A history so long before which use rose that the next minutes make it a rise. */
    private static AnomalyDetector risen(Scene scene) {
        Instant end = end(scene);
        for (int minutes = 660; minutes < 900; minutes += 8) {
            AnomalyDetector detector = history(end, end.minus(MINUTE.multipliedBy(minutes)));
            AnomalyDetector ahead = AnomalyDetector.restore(detector.snapshot());
            Optional<Anomaly> told = Optional.empty();
            for (int i = 1; i <= MOST_MINUTES / 2 && told.isEmpty(); i++) {
                told = ahead.observe(end.plus(MINUTE.multipliedBy(i)), Math.min(SEEN, GROWS * i)).incident();
            }
            if (told.filter(anomaly -> anomaly.grade() == Grade.NOTICE && anomaly.onset().isAfter(end)).isPresent()) {
                return detector;
            }
        }
        throw new IllegalStateException("no history makes a slow rise now");
    }

    private static void silent(Scene scene) throws Exception {
        Rig.NewKey key = watched(scene, usual(scene));
        minutes(scene, key, 0, () -> scene.isListed(AlertName.USAGE_SILENT));
        scene.fires(AlertName.USAGE_SILENT);
        scene.page().through("Diagnosis");
        minutes(scene, key, USUAL, () -> !scene.isListed(AlertName.USAGE_SILENT));
        scene.isGone(AlertName.USAGE_SILENT);
        scene.page().through("Verification");
    }

    /** What tells that it is enough. */
    @FunctionalInterface
    private interface Enough {
        boolean isSo();
    }

    /** Minute after minute with so many requests, until it is enough. */
    private static void minutes(Scene scene, Rig.NewKey key, int requests, Enough enough) throws Exception {
        for (int i = 0; i < MOST_MINUTES && !enough.isSo(); i++) {
            scene.use(key, requests);
            scene.clock().forward(MINUTE);
            scene.untilProbed();
        }
    }

    private static Rig.NewKey watched(Scene scene, AnomalyDetector detector) throws Exception {
        scene.configure(new SceneConfig());
        try (SqliteDatabase opened = SqliteDatabase.open(scene.folder().resolve("state/keywane.db"))) {
            new SqliteStateStore(opened).setting("use/" + Scene.KEY, "1 60 " + end(scene) + " "
                    + Base64.getEncoder().encodeToString(detector.snapshot()) + "\n");
        }
        scene.start();
        return scene.importKey(Scene.KEY);
    }

    private static Instant end(Scene scene) {
        return scene.clock().instant().truncatedTo(ChronoUnit.MINUTES).minus(MINUTE);
    }

    /** Two weeks of the same load. */
    private static AnomalyDetector usual(Scene scene) {
        return history(end(scene), Instant.MAX);
    }

    private static AnomalyDetector history(Instant end, Instant rise) {
        AnomalyDetector detector = new AnomalyDetector();
        Random random = new Random(1);
        for (Instant at = end.minus(Duration.ofDays(14)); !at.isAfter(end); at = at.plus(MINUTE)) {
            int level = at.isBefore(rise) ? USUAL : RISEN;
            detector.observe(at, level - 4 + random.nextInt(9));
        }
        return detector;
    }
}
