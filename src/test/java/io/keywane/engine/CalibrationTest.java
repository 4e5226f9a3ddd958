package io.keywane.engine;

import io.keywane.engine.CalibrationStore.Place;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Stage;
import io.keywane.rotation.GroupEvidence;
import io.keywane.rotation.Reason;
import io.keywane.rotation.RefusedException;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.usage.Calibration;
import io.keywane.usage.CalibrationReason;
import io.keywane.usage.Contradiction;
import io.keywane.usage.DatedCalibration;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.KnownWindow.Origin;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.Observed;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsageReason;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static io.keywane.engine.TestingWorld.FEED;
import static io.keywane.engine.TestingWorld.GENERAL;
import static io.keywane.engine.TestingWorld.KEY;
import static io.keywane.engine.TestingWorld.ORGANISATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Calibrations by the whole engine over fakes, in virtual time. */
class CalibrationTest {
    private static final KeyMaterial OLD = TestingWorld.material("old");
    private static final KeyMaterial NEW = TestingWorld.material("new");
    private static final Duration LONG = Duration.ofMinutes(40);
    private static final CalibrationSettings ON = CalibrationSettings.DEFAULT;

    private static TestingWorld undeclared(CalibrationSettings settings) {
        return new TestingWorld(settings, Optional.empty());
    }

    private static TestingWorld verified(TestingWorld world) {
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofSeconds(5));
        return world;
    }

    private static Optional<Reason> reason(TestingWorld world) {
        return world.state().rotation().map(Rotation::reason);
    }

    private static void untilPromoted(TestingWorld world) {
        world.runUntil("promoted", Duration.ofMinutes(20), () -> world.stage(NEW) == Stage.CURRENT);
    }

    private static List<Calibration> results(TestingWorld world) {
        return world.calibrations.all().stream().map(DatedCalibration::calibration).toList();
    }

    private static GroupEvidence evidence(TestingWorld world, LimiterGroup group, KeyMaterial key) {
        return world.engine.report(KEY).orElseThrow().evidence().of(world.id(key)).groups().stream()
                .filter(g -> g.group().equals(group)).findFirst().orElseThrow();
    }

    private static UsagePoint latest(TestingWorld world, LimiterGroup group, KeyMaterial key) {
        return evidence(world, group, key).latest().orElseThrow();
    }

    @Test
    void undeclaredWindows_areMeasuredOnTheCandidateAndProveTheDrain() {
        TestingWorld world = verified(undeclared(ON));
        assertThat(reason(world)).contains(Reason.WAITS_FOR_CALIBRATION);
        assertThat(world.store.current).as("what consumers read meanwhile").isEqualTo(world.id(OLD));

        untilPromoted(world);
        assertThat(results(world)).hasSize(2).allSatisfy(found -> {
            assertThat(found.reason()).isEqualTo(CalibrationReason.MEASURED);
            assertThat(found.apart()).isEqualTo(Observed.YES);
            assertThat(found.countsMissing()).isNotEqualTo(Observed.YES);
        });
        assertThat(results(world)).extracting(Calibration::countsMissing).contains(Observed.NO);
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);

        assertThat(reason(world)).contains(Reason.DRAIN_PROVEN);
        assertThat(latest(world, GENERAL, OLD).why()).isEqualTo(UsageReason.MODEL_CALIBRATED);
        assertThat(latest(world, FEED, OLD).why()).isEqualTo(UsageReason.MODEL_CALIBRATED);
        assertThat(world.violations).isEmpty();
        assertThat(world.api.mostOwn).as("own requests in a window of 120").isLessThanOrEqualTo(12 + 24);
    }

    @Test
    void switchedOff_nothingIsMeasuredNorWaitedFor() {
        TestingWorld world = verified(undeclared(ON.off()));
        untilPromoted(world);
        world.run(Duration.ofMinutes(20));

        assertThat(results(world)).isEmpty();
        assertThat(world.where()).isEqualTo(RotationState.DRAINING);
        assertThat(latest(world, GENERAL, OLD).why()).isEqualTo(UsageReason.NO_MODEL);
    }

    @Test
    void timeOver_theRotationGoesOnAndSaysSo() {
        TestingWorld world = verified(undeclared(new CalibrationSettings(true, 300, Duration.ofMinutes(2))));
        Duration begun = world.clock.elapsed();
        untilPromoted(world);

        assertThat(world.clock.elapsed().minus(begun)).isLessThan(Duration.ofMinutes(3));
        assertThat(results(world)).hasSize(2).allSatisfy(found -> assertThat(found.reason())
                .isIn(CalibrationReason.TIME_OUT, CalibrationReason.TOO_LONG));
        assertThat(world.states.audit).filteredOn(line -> line.action().equals("calibration.ended")).hasSize(2);
    }

    @Test
    void requestsUsedUp_itEndsForWantOfBudget() {
        TestingWorld world = verified(undeclared(new CalibrationSettings(true, 20, Duration.ofMinutes(15))));
        untilPromoted(world);

        assertThat(results(world)).hasSize(2)
                .allSatisfy(found -> assertThat(found.reason()).isEqualTo(CalibrationReason.BUDGET));
    }

    @Test
    void daemonThatNeverMeasures_holdsNoRotationUpForEver() {
        TestingWorld world = undeclared(new CalibrationSettings(true, 300, Duration.ofMinutes(1)));
        verified(world);
        // The loop of calibrations stands still; the others go on.
        Duration end = world.clock.elapsed().plus(Duration.ofMinutes(2));
        while (world.clock.elapsed().compareTo(end) < 0) {
            world.clock.advance(Duration.ofSeconds(1));
            world.engine.probe(KEY);
            world.engine.step(KEY);
        }
        assertThat(world.stage(NEW)).isEqualTo(Stage.CURRENT);
    }

    @Test
    void scheduledProbesOfTheCandidate_areHeldBackMeanwhile() {
        TestingWorld world = verified(undeclared(ON));
        Instant begun = world.clock.now().wall();
        untilPromoted(world);

        String requests = world.states.audit.stream().filter(line -> line.action().equals("calibration.ended"))
                .findFirst().orElseThrow().details().get("requests");
        long ledger = world.history.since(world.id(NEW), begun.minusSeconds(15)).size();
        assertThat(ledger - Long.parseLong(String.valueOf(requests))).as("other own requests with the candidate")
                .isBetween(0L, 9L);
        assertThat(world.api.missing).isEqualTo(4);
    }

    @Test
    void restartInTheMiddle_itBeginsAnewAndIsMeasured() {
        TestingWorld world = verified(undeclared(ON));
        world.run(Duration.ofMinutes(2));
        world.restart();
        untilPromoted(world);

        assertThat(results(world)).hasSize(2)
                .allSatisfy(found -> assertThat(found.reason()).isEqualTo(CalibrationReason.MEASURED));
    }

    @Test
    void trueDeclaration_isConfirmedSoonAndStaysADeclaration() {
        TestingWorld world = verified(new TestingWorld(ON, Optional.of(true)));
        Duration begun = world.clock.elapsed();
        untilPromoted(world);

        assertThat(world.clock.elapsed().minus(begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(results(world)).hasSize(2)
                .allSatisfy(found -> assertThat(found.reason()).isEqualTo(CalibrationReason.CONFIRMED));
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
        assertThat(latest(world, GENERAL, OLD).why()).isEqualTo(UsageReason.MODEL_DECLARED);
    }

    @Test
    void lyingDeclaration_isReplacedByWhatIsMeasured() {
        TestingWorld world = verified(new TestingWorld(ON, Optional.of(false)));
        untilPromoted(world);

        assertThat(results(world)).hasSize(2)
                .allSatisfy(found -> assertThat(found.reason()).isEqualTo(CalibrationReason.MEASURED));
        assertThat(world.engine.windows(ORGANISATION, GENERAL).isDeclarationRefuted(360)).isTrue();
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
        assertThat(latest(world, GENERAL, OLD).why()).isEqualTo(UsageReason.MODEL_CALIBRATED);
    }

    @Test
    void laterKeyOfThePlan_isConfirmedByAFewRequests() {
        TestingWorld world = verified(undeclared(ON));
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
        KeyMaterial third = TestingWorld.material("third");
        world.supply(third);
        world.runUntil("promoted", Duration.ofMinutes(1), () -> world.stage(third) == Stage.CURRENT);

        assertThat(results(world)).extracting(Calibration::reason).containsExactly(CalibrationReason.MEASURED,
                CalibrationReason.MEASURED, CalibrationReason.CONFIRMED, CalibrationReason.CONFIRMED);
        assertThat(world.engine.windows(ORGANISATION, GENERAL).find(360)).map(KnownWindow::origin)
                .contains(Origin.CALIBRATED);
    }

    @Test
    void emergency_waitsForNoCalibration() {
        TestingWorld world = undeclared(ON);
        world.withKey(OLD);
        world.api.create(NEW);
        world.engine.operations().start(KEY, true, TestingWorld.ANNA);
        world.engine.operations().supply(KEY, NEW, Optional.empty(), TestingWorld.ANNA);
        world.run(Duration.ofSeconds(5));

        assertThat(world.stage(NEW)).isEqualTo(Stage.CURRENT);
        assertThat(results(world)).isEmpty();
    }

    @Test
    void candidateThatSomebodyUses_isNotMeasured() {
        TestingWorld world = verified(undeclared(ON));
        for (int i = 0; i < 80 && world.stage(NEW) != Stage.CURRENT; i++) {
            world.run(Duration.ofSeconds(11));
            world.api.use(NEW, GENERAL);
        }
        assertThat(results(world)).filteredOn(found -> found.group().equals(GENERAL)).singleElement()
                .satisfies(found -> assertThat(found.reason()).isNotEqualTo(CalibrationReason.MEASURED));
    }

    @Test
    void keyInUse_isRefusedForCalibration() {
        TestingWorld world = undeclared(ON);
        world.withKey(OLD);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> world.engine.operations().calibrate(KEY, TestingWorld.ANNA))
                .withMessageContaining("is in use: general: the count exceeds our own requests of a day by");
    }

    @Test
    void keyKeptForThePurpose_isCalibratedWhenAPersonAsks() {
        TestingWorld world = undeclared(ON.off());
        world.consumerRuns = false;
        world.withKey(OLD);
        world.engine.operations().calibrate(KEY, TestingWorld.ANNA);
        world.runUntil("measured", Duration.ofMinutes(16), () -> results(world).size() == 2);

        assertThat(results(world))
                .allSatisfy(found -> assertThat(found.reason()).isEqualTo(CalibrationReason.MEASURED));
        world.run(Duration.ofMinutes(3));
        assertThat(latest(world, GENERAL, OLD).why()).isEqualTo(UsageReason.MODEL_CALIBRATED);
    }

    private static void wipe(TestingWorld world) {
        world.api.wipe(OLD);
        world.run(Duration.ofSeconds(25));
    }

    @Test
    void thirdContradiction_nothingIsClaimedUntilItIsCalibratedAnewAlsoAfterARestart() {
        TestingWorld world = new TestingWorld(ON.off(), Optional.of(true));
        world.consumerRuns = false;
        world.withKey(OLD);
        for (int i = 1; i <= 3; i++) {
            assertThat(latest(world, GENERAL, OLD).verdict()).isEqualTo(UsagePoint.Verdict.SILENT);
            wipe(world);
            world.run(Duration.ofMinutes(12));
        }
        assertThat(contradictions(world)).hasSize(3);
        assertThat(latest(world, GENERAL, OLD).why()).isEqualTo(UsageReason.DISTRUSTED);

        // The samples with the contradictions are forgotten sooner than what they showed.
        world.history.prune(world.clock.now().wall(), List.of());
        world.restart();
        world.run(Duration.ofMinutes(15));
        assertThat(latest(world, GENERAL, OLD).why()).isEqualTo(UsageReason.DISTRUSTED);

        world.engine.operations().calibrate(KEY, TestingWorld.ANNA);
        world.runUntil("measured", Duration.ofMinutes(16), () -> results(world).size() == 2);
        world.run(Duration.ofMinutes(3));
        assertThat(latest(world, GENERAL, OLD).verdict()).isEqualTo(UsagePoint.Verdict.SILENT);
    }

    @Test
    void thirdContradictionByAnotherVersion_endsTheSilenceOfThisOneAtOnce() {
        TestingWorld world = verified(new TestingWorld(ON.off(), Optional.of(true)));
        untilPromoted(world);
        world.consumerRuns = false;
        world.run(Duration.ofMinutes(10));
        for (int i = 1; i <= 3; i++) {
            int times = i;
            assertThat(evidence(world, GENERAL, OLD).silence()).as("before contradiction " + i).isPresent();
            world.runUntil("contradicted", Duration.ofMinutes(5), () -> {
                world.api.wipe(NEW);
                return contradictions(world).size() == times;
            });
        }
        assertThat(evidence(world, GENERAL, OLD).silence()).isEmpty();
    }

    private static List<Contradiction> contradictions(TestingWorld world) {
        return world.calibrations.contradictions(new Place("https://api.example", ORGANISATION, GENERAL));
    }
}
