package io.keywane.usage;

import io.keywane.usage.CalibrationScene.Foreign;
import io.keywane.usage.CalibrationServer.Model;
import io.keywane.usage.CalibrationServer.Reset;
import io.keywane.usage.CalibrationServer.Window;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Single cases of a calibration that random seeds seldom come to. */
class CalibratorTest {
    private static final LimiterGroup GENERAL = new LimiterGroup("general");
    private static final LimiterGroup FEED = new LimiterGroup("feed");

    private static CalibrationServer server(Model model, Reset reset, boolean counts, long limit, double length) {
        return new CalibrationServer(model, reset, counts, List.of(new Window(limit, length)), false, 0, 1,
                new Random(1));
    }

    private static CalibrationScene scene(Reset reset, boolean counts, LimiterGroup... groups) {
        CalibrationScene scene = new CalibrationScene(7);
        for (LimiterGroup group : groups) {
            scene.servers.put(group, server(Model.LOG, reset, counts, 360, 60));
        }
        return scene;
    }

    private static CalibratedWindow only(Map<LimiterGroup, Calibration> found, LimiterGroup group) {
        return requireNonNull(found.get(group)).windows().getFirst();
    }

    /** Somebody uses the key exactly once per window. */
    private static void steadily(CalibrationScene scene, LimiterGroup group, double phase) {
        for (double t = phase - 180; t < 900; t += 60) {
            scene.foreign.add(new Foreign(t, group));
        }
    }

    @Test
    void rolling_log_is_measured_as_it_is() {
        CalibratedWindow window = only(scene(Reset.OLDEST, true, GENERAL).run(), GENERAL);
        assertThat(window.witness()).isEqualTo(CalibrationWitness.RESET);
        assertThat(window.model()).contains(new WindowModel(360, Duration.ofSeconds(60), Kind.ROLLING,
                Duration.ofSeconds(3), true, ResetMeaning.OLDEST_PLUS_WINDOW));
    }

    @Test
    void remaining_without_the_answered_request_needs_no_witness() {
        CalibratedWindow window = only(scene(Reset.NOW, false, GENERAL).run(), GENERAL);
        assertThat(window.witness()).isEqualTo(CalibrationWitness.REMAINING);
        assertThat(window.model()).map(WindowModel::countsAnswered).contains(false);
    }

    @Test
    void reset_of_now_in_a_single_group_leaves_the_meaning_of_remaining_open() {
        CalibratedWindow window = only(scene(Reset.NOW, true, GENERAL).run(), GENERAL);
        assertThat(window.reason()).isEqualTo(CalibrationReason.NO_WITNESS);
    }

    @Test
    void reset_of_now_in_two_groups_that_agree_is_measured() {
        Map<LimiterGroup, Calibration> found = scene(Reset.NOW, true, GENERAL, FEED).run();
        assertThat(only(found, GENERAL).witness()).isEqualTo(CalibrationWitness.OTHER_GROUP);
        assertThat(only(found, GENERAL).model()).map(WindowModel::countsAnswered).contains(true);
    }

    @Test
    void steady_use_in_one_group_is_never_taken_for_a_remaining_that_counts() {
        for (int phase = 0; phase < 60; phase++) {
            for (Reset reset : Reset.values()) {
                CalibrationScene scene = scene(reset, false, GENERAL, FEED);
                steadily(scene, GENERAL, phase);
                assertThat(requireNonNull(scene.run().get(GENERAL)).window(360).flatMap(CalibratedWindow::model))
                        .as(reset + " at " + phase).isEmpty();
            }
        }
    }

    @Test
    void steady_use_of_every_group_shows_where_reset_names_the_oldest() {
        for (int phase = 0; phase < 60; phase++) {
            CalibrationScene scene = scene(Reset.OLDEST, false, GENERAL, FEED);
            steadily(scene, GENERAL, phase);
            steadily(scene, FEED, phase + 3);
            assertThat(scene.run().values()).as("at " + phase)
                    .allMatch(found -> found.reason() != CalibrationReason.MEASURED);
        }
    }

    @Test
    void buckets_are_measured_with_their_tolerance() {
        CalibrationScene scene = new CalibrationScene(7);
        scene.servers.put(GENERAL, server(Model.BUCKETS, Reset.OLDEST, false, 360, 60));
        assertThat(only(scene.run(), GENERAL).model()).map(WindowModel::tolerance).contains(Duration.ofSeconds(13));
    }

    @Test
    void known_plan_is_confirmed_by_four_requests() {
        Map<LimiterGroup, Calibration> found = scene(Reset.OLDEST, true, GENERAL).run();
        CalibrationScene later = scene(Reset.OLDEST, true, GENERAL);
        later.known.putAll(found);
        assertThat(later.run()).isEqualTo(found);
        assertThat(later.sent).isEqualTo(4);
    }

    @Test
    void known_plan_that_no_longer_fits_is_measured_anew() {
        CalibrationScene later = scene(Reset.OLDEST, false, GENERAL);
        later.known.putAll(scene(Reset.OLDEST, true, GENERAL).run());
        assertThat(only(later.run(), GENERAL).model()).map(WindowModel::countsAnswered).contains(false);
        assertThat(later.sent).isGreaterThan(30);
    }

    @Test
    void known_plan_whose_reset_no_longer_fits_is_measured_anew() {
        CalibrationScene later = scene(Reset.NOW, false, GENERAL);
        later.known.putAll(scene(Reset.OLDEST, false, GENERAL).run());
        assertThat(only(later.run(), GENERAL).model()).map(WindowModel::reset)
                .contains(ResetMeaning.NOW_PLUS_WINDOW);
    }

    @Test
    void hour_window_is_too_long_for_a_quarter_of_an_hour() {
        CalibrationScene scene = new CalibrationScene(7);
        scene.servers.put(GENERAL, server(Model.LOG, Reset.OLDEST, true, 10_000, 3_600));
        assertThat(only(scene.run(), GENERAL).reason()).isEqualTo(CalibrationReason.TOO_LONG);
        assertThat(scene.sent).isLessThan(3);
    }

    @Test
    void small_share_of_a_small_limit_is_not_overdrawn() {
        CalibrationScene scene = new CalibrationScene(7);
        scene.servers.put(GENERAL, server(Model.LOG, Reset.OLDEST, true, 60, 60));
        assertThat(only(scene.run(), GENERAL).reason()).isEqualTo(CalibrationReason.BUDGET);
        assertThat(scene.mostShare).isLessThanOrEqualTo(0.1);
    }

    @Test
    void key_that_was_tried_out_by_hand_is_measured_once_that_has_left() {
        CalibrationScene scene = scene(Reset.OLDEST, true, GENERAL);
        scene.foreign.add(new Foreign(-20, GENERAL));
        assertThat(only(scene.run(), GENERAL).reason()).isEqualTo(CalibrationReason.MEASURED);
    }

    @Test
    void lag_of_seconds_is_seen_and_named() {
        CalibrationScene scene = new CalibrationScene(7);
        scene.servers.put(GENERAL, new CalibrationServer(Model.LOG, Reset.OLDEST, true,
                List.of(new Window(360, 60)), false, 3, 1, new Random(1)));
        assertThat(only(scene.run(), GENERAL).reason()).isEqualTo(CalibrationReason.LAGGING);
    }

    @Test
    void two_nodes_are_seen_and_named() {
        CalibrationScene scene = new CalibrationScene(7);
        scene.servers.put(GENERAL, new CalibrationServer(Model.LOG, Reset.OLDEST, true,
                List.of(new Window(360, 60)), false, 0, 2, new Random(1)));
        assertThat(only(scene.run(), GENERAL).reason()).isEqualTo(CalibrationReason.NODES_DISAGREE);
    }

    @Test
    void closed_group_ends_at_once() {
        Calibrator calibrator = new Calibrator(GENERAL,
                new CalibratorSettings(Duration.ofMinutes(15), 0.1, CalibratorSettings.USUAL_LENGTHS),
                CalibrationScene.at(0), List.of(), Optional.empty());
        calibrator.next(CalibrationScene.at(0));
        calibrator.settled(new Sample("own", CalibrationScene.VERSION, GENERAL, ProbeKind.LIVENESS,
                CalibrationScene.at(0), CalibrationScene.at(0.1), 403, ProbeOutcome.VALID_PLAN_LIMITED,
                Optional.empty(), AnswerHeaders.NONE));
        assertThat(calibrator.next(CalibrationScene.at(0.2))).isEqualTo(new CalibratorStep.Done(
                new Calibration(GENERAL, List.of(), CalibrationReason.CLOSED)));
    }

    private static Calibration with(boolean shared, Reset reset, boolean counts) {
        CalibrationScene scene = scene(reset, counts, GENERAL);
        scene.otherKey = true;
        scene.shared = shared;
        Calibration found = requireNonNull(scene.run().get(GENERAL));
        assertThat(scene.otherSent).isBetween(1, 3);
        return found;
    }

    @Test
    void another_keys_requests_that_move_nothing_are_seen_to_be_apart() {
        for (boolean counts : new boolean[]{true, false}) {
            Calibration found = with(false, Reset.OLDEST, counts);
            assertThat(found.reason()).isEqualTo(CalibrationReason.MEASURED);
            assertThat(found.apart()).isEqualTo(Observed.YES);
        }
    }

    @Test
    void without_another_key_nothing_is_said_of_it() {
        assertThat(requireNonNull(scene(Reset.OLDEST, true, GENERAL).run().get(GENERAL)).apart())
                .isEqualTo(Observed.UNKNOWN);
    }

    @Test
    void counter_that_keys_share_is_found_out() {
        for (Reset reset : Reset.values()) {
            for (boolean counts : new boolean[]{true, false}) {
                Calibration found = with(true, reset, counts);
                assertThat(found.reason()).as(reset + " " + counts).isEqualTo(CalibrationReason.SHARED);
                assertThat(found.windows().getFirst().model()).isEmpty();
            }
        }
    }

    /** One request of somebody else at the very time of ours by another key is no shared counter. */
    @Test
    void single_coincidence_with_the_other_key_is_no_shared_counter() {
        CalibrationScene scene = scene(Reset.OLDEST, true, GENERAL);
        scene.otherKey = true;
        scene.foreign.add(new Foreign(11.5, GENERAL));
        assertThat(requireNonNull(scene.run().get(GENERAL)).reason()).isEqualTo(CalibrationReason.NOT_FRESH);
    }

    @Test
    void missing_resource_is_found_to_count_or_not() {
        for (boolean counts : new boolean[]{true, false}) {
            for (boolean answered : new boolean[]{true, false}) {
                CalibrationScene scene = scene(Reset.OLDEST, answered, GENERAL);
                scene.missing = true;
                scene.missingCounts = counts;
                Calibration found = requireNonNull(scene.run().get(GENERAL));
                assertThat(found.reason()).isEqualTo(CalibrationReason.MEASURED);
                assertThat(found.countsMissing()).as("counts " + counts)
                        .isEqualTo(counts ? Observed.YES : Observed.NO);
                assertThat(scene.missingSent).isEqualTo(2);
            }
        }
    }

    @Test
    void missing_resource_in_a_fixed_window_is_found_to_count_or_not() {
        for (boolean counts : new boolean[]{true, false}) {
            CalibrationScene scene = new CalibrationScene(7);
            scene.servers.put(GENERAL, server(Model.FIXED_ALIGNED, Reset.NOW, false, 360, 60));
            scene.missing = true;
            scene.missingCounts = counts;
            Calibration found = requireNonNull(scene.run().get(GENERAL));
            assertThat(found.windows().getFirst().model()).map(WindowModel::kind).contains(Kind.FIXED);
            assertThat(found.countsMissing()).isEqualTo(counts ? Observed.YES : Observed.NO);
        }
    }

    private static CalibrationReason whereResetIsOff(Reset reset, double by, int every) {
        CalibrationScene scene = scene(reset, false, GENERAL);
        CalibrationServer server = requireNonNull(scene.servers.get(GENERAL));
        server.resetShift = by;
        server.shiftEvery = every;
        return requireNonNull(scene.run().get(GENERAL)).reason();
    }

    /** The counts alone fit a rolling log in each of these; only Reset does not. */
    @Test
    void reset_that_fits_no_meaning_is_never_measured() {
        for (Reset reset : Reset.values()) {
            assertThat(whereResetIsOff(reset, 0, 1)).isEqualTo(CalibrationReason.MEASURED);
            assertThat(whereResetIsOff(reset, -10, 1)).as(reset + ", every answer")
                    .isEqualTo(CalibrationReason.RESET_UNEXPECTED);
            assertThat(whereResetIsOff(reset, -10, 7)).as(reset + ", one of seven answers")
                    .isEqualTo(CalibrationReason.RESET_UNEXPECTED);
        }
        assertThat(whereResetIsOff(Reset.OLDEST, 10, 7)).isNotEqualTo(CalibrationReason.MEASURED);
    }
}
