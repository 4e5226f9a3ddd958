package io.keywane;

import io.keywane.control.AuditLines;
import io.keywane.control.CalibrationStatus;
import io.keywane.control.ControlRequest;
import io.keywane.control.Verb;
import io.keywane.control.WindowStatus;
import io.keywane.provider.SingleSend;
import io.keywane.sandbox.RateSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rotations over HTTP whose candidate is calibrated: windows of 20 s, nothing of them declared, or a lie. The sandbox's
 * record is the judge of every claim.
 */
@Execution(ExecutionMode.CONCURRENT)
class CalibrationIT {
    private static final RigSetup CALIBRATING = RigSetup.standard().withCalibration("{max_time: 6m}");
    private static final Duration PATIENCE = Duration.ofMinutes(9);

    static {
        SingleSend.require();
    }

    @Test
    void undeclaredWindows_areCalibratedOnTheCandidateAndTheDrainIsProven(@TempDir Path folder) throws Exception {
        play("undeclared", folder, CALIBRATING.withDeclared("", ""), false);
    }

    /** Taken at its word it would show silence where somebody sends one request per window. */
    @Test
    void lyingDeclaration_isFoundOutOnTheCandidate(@TempDir Path folder) throws Exception {
        RateSettings rates = CALIBRATING.rates().withCountsAnswered(false);
        play("a lying declaration", folder, CALIBRATING.withRates(rates), true);
    }

    /** The first key of a name is calibrated by nobody else: it may be in use. */
    @Test
    void keyKeptForThePurpose_isCalibratedByCommand(@TempDir Path folder) throws Exception {
        try (Rig rig = new Rig(folder.resolve("c"), CALIBRATING.withDeclared("", ""))) {
            rig.startHere();
            rig.importKey(rig.createKey("kept for calibration"));
            rig.untilRotation("flagged", PATIENCE);
            assertThat(calibration(rig).windows()).isEmpty();

            rig.change(Verb.CALIBRATE);
            rig.until("the windows to be measured", PATIENCE, () -> calibration(rig).windows().size() == 2);

            assertThat(calibration(rig).groups()).hasSize(2)
                    .allSatisfy(group -> assertThat(group.result()).contains("measured"));
            assertThat(calibration(rig).windows()).allSatisfy(window -> {
                assertThat(window.origin()).isEqualTo("calibrated");
                assertThat(window.length()).isEqualTo(Duration.ofSeconds(20));
            });
            AuditLines audit = rig.client().call(ControlRequest.of(Verb.AUDIT_TAIL)).resultAs(AuditLines.class);
            assertThat(audit.lines()).anySatisfy(line -> assertThat(line.action()).contains("calibrat"));
        }
    }

    private static CalibrationStatus calibration(Rig rig) {
        return rig.client().call(ControlRequest.of(Verb.CALIBRATION, Rig.KEY)).resultAs(CalibrationStatus.class);
    }

    private static void play(String name, Path folder, RigSetup setup, boolean lied) throws Exception {
        try (DrainScene scene = new DrainScene(new DrainScene.Place(name, folder.resolve("d")), setup,
                InetAddress.getLoopbackAddress()).patient(PATIENCE).rotate()) {
            CalibrationStatus calibration = scene.calibration();
            System.out.printf(Locale.ROOT, "%s: %s%n", name, calibration.groups());
            assertThat(calibration.groups()).hasSize(2).allSatisfy(group -> {
                assertThat(group.result()).contains("measured");
                assertThat(group.apart()).isEqualTo("yes");
            });
            assertThat(calibration.windows()).hasSize(2).allSatisfy(window -> {
                assertThat(window.origin()).isEqualTo("calibrated");
                assertThat(window.length()).isEqualTo(Duration.ofSeconds(20));
                assertThat(window.countsAnswered()).isEqualTo(!lied);
                assertThat(window.declarationRefuted()).isEqualTo(lied);
            });
            assertThat(scene.doctor("windows ")).hasSize(2).allSatisfy(check -> assertThat(check)
                    .contains("calibrated on " + calibration.windows().getFirst().since().orElseThrow()));
            scene.untilProven();
            assertThat(scene.said()).contains("model_calibrated");
            // A declaration that lies may be taken at its word until it is found out.
            assertThat(lied || !scene.said().contains("model_declared")).as("claims by no declaration").isTrue();
            scene.assertClaimsTrue(Duration.ZERO);
            contradict(scene);
        }
    }

    /** The counters are wiped under our own requests: what was measured is contradicted, and that is told. */
    private static void contradict(DrainScene scene) throws Exception {
        scene.until("a contradiction", _ -> {
            scene.wipeCounters();
            return scene.calibration().windows().stream().anyMatch(window -> window.contradictions() > 0);
        });
        assertThat(scene.calibration().windows()).noneMatch(WindowStatus::discredited);
    }
}
