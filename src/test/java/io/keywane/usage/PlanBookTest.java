package io.keywane.usage;

import io.keywane.key.VersionId;
import io.keywane.usage.KnownWindow.Origin;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PlanBookTest {
    private static final LimiterGroup GENERAL = new LimiterGroup("general");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final WindowModel MINUTE = model(360, 60, true);
    private static final WindowModel DECLARED = new WindowModel(360, Duration.ofSeconds(60), Kind.ROLLING,
            Duration.ofSeconds(1), true, ResetMeaning.UNKNOWN);

    private static WindowModel model(long limit, long seconds, boolean counts) {
        return new WindowModel(limit, Duration.ofSeconds(seconds), Kind.ROLLING, Duration.ofSeconds(3), counts,
                ResetMeaning.OLDEST_PLUS_WINDOW);
    }

    private static DatedCalibration measured(WindowModel model, long minute) {
        return dated(new Calibration(GENERAL, List.of(CalibratedWindow.measured(model, CalibrationWitness.RESET)),
                CalibrationReason.MEASURED), minute);
    }

    private static DatedCalibration failed(CalibrationReason why, long minute) {
        return dated(new Calibration(GENERAL, List.of(CalibratedWindow.unknown(360, why)), why), minute);
    }

    private static DatedCalibration dated(Calibration calibration, long minute) {
        return new DatedCalibration(calibration, new VersionId("0123456789abcdef0123456789abcdef"), at(minute));
    }

    private static Instant at(long minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static PlanBook book(List<WindowModel> declared, DatedCalibration... calibrations) {
        return new PlanBook(declared, List.of(calibrations), List.of());
    }

    private static List<Contradiction> contradicted(WindowModel model, long... minutes) {
        List<Contradiction> all = new ArrayList<>();
        for (long minute : minutes) {
            all.add(new Contradiction(GENERAL, model, at(minute)));
        }
        return all;
    }

    @Test
    void declared_window_counts_as_declared() {
        assertThat(book(List.of(DECLARED)).find(360)).contains(KnownWindow.declared(DECLARED));
        assertThat(book(List.of(DECLARED)).find(361)).isEmpty();
    }

    @Test
    void measured_window_counts_before_the_declared_one() {
        PlanBook book = book(List.of(DECLARED), measured(MINUTE, 1));
        assertThat(book.find(360)).contains(KnownWindow.calibrated(MINUTE, at(1)));
        assertThat(book.known()).hasSize(1);
        assertThat(book.isDeclarationRefuted(360)).isFalse();
    }

    @Test
    void declaration_that_a_measurement_contradicts_is_refuted() {
        PlanBook book = book(List.of(DECLARED), measured(model(360, 60, false), 1));
        assertThat(book.isDeclarationRefuted(360)).isTrue();
        assertThat(book.find(360)).map(w -> w.model().countsAnswered()).contains(false);
    }

    @Test
    void counter_that_was_seen_to_prove_nothing_voids_the_declaration() {
        for (CalibrationReason why : CalibrationReason.values()) {
            if (why != CalibrationReason.MEASURED) {
                PlanBook book = book(List.of(DECLARED), failed(why, 1));
                assertThat(book.find(360).isEmpty()).as(why.word()).isEqualTo(why.refutes());
                assertThat(book.isDeclarationRefuted(360)).as(why.word()).isEqualTo(why.refutes());
            }
        }
    }

    @Test
    void failed_repetition_leaves_what_was_measured() {
        assertThat(book(List.of(), measured(MINUTE, 1), failed(CalibrationReason.TIME_OUT, 2)).find(360))
                .contains(KnownWindow.calibrated(MINUTE, at(1)));
    }

    @Test
    void refutation_holds_until_it_is_measured_anew() {
        assertThat(book(List.of(), measured(MINUTE, 1), failed(CalibrationReason.SMOOTHED, 2)).find(360)).isEmpty();
        assertThat(book(List.of(), measured(MINUTE, 3), failed(CalibrationReason.SMOOTHED, 2)).find(360)).isPresent();
    }

    @Test
    void limit_of_two_lengths_stands_for_the_shorter_one_whichever_came_first() {
        WindowModel hour = model(360, 3_600, true);
        assertThat(book(List.of(), measured(MINUTE, 1), measured(hour, 2)).find(360)).map(KnownWindow::model)
                .contains(MINUTE);
        assertThat(book(List.of(), measured(hour, 1), measured(MINUTE, 2)).find(360)).map(KnownWindow::model)
                .contains(MINUTE);
    }

    @Test
    void later_measurement_of_the_same_length_counts() {
        assertThat(book(List.of(), measured(model(360, 60, false), 2), measured(MINUTE, 1)).find(360))
                .contains(KnownWindow.calibrated(model(360, 60, false), at(2)));
    }

    @Test
    void third_contradiction_discredits_for_good() {
        KnownWindow declared = KnownWindow.declared(DECLARED);
        assertThat(new PlanBook(List.of(DECLARED), List.of(), contradicted(DECLARED, 1, 5)).isDiscredited(declared))
                .isFalse();
        assertThat(new PlanBook(List.of(DECLARED), List.of(), contradicted(DECLARED, 1, 5, 9)).isDiscredited(declared))
                .isTrue();
    }

    @Test
    void contradictions_within_one_window_are_one() {
        List<Contradiction> close = new ArrayList<>(contradicted(DECLARED, 1, 5));
        close.add(new Contradiction(GENERAL, DECLARED, at(5).plusSeconds(59)));
        KnownWindow declared = KnownWindow.declared(DECLARED);
        assertThat(new PlanBook(List.of(DECLARED), List.of(), close).isDiscredited(declared)).isFalse();
        close.add(new Contradiction(GENERAL, DECLARED, at(6)));
        assertThat(new PlanBook(List.of(DECLARED), List.of(), close).isDiscredited(declared)).isTrue();
    }

    @Test
    void new_measurement_and_another_declaration_begin_anew() {
        List<Contradiction> three = contradicted(MINUTE, 1, 5, 9);
        assertThat(new PlanBook(List.of(), List.of(measured(MINUTE, 0)), three)
                .isDiscredited(KnownWindow.calibrated(MINUTE, at(0)))).isTrue();
        PlanBook anew = new PlanBook(List.of(DECLARED), List.of(measured(MINUTE, 9)), three);
        assertThat(anew.find(360)).map(KnownWindow::origin).contains(Origin.CALIBRATED);
        assertThat(anew.find(360)).map(anew::isDiscredited).contains(false);
        assertThat(anew.isDiscredited(KnownWindow.declared(DECLARED))).isFalse();
    }

    @Test
    void expected_is_what_is_known_unless_it_was_discredited() {
        assertThat(book(List.of()).expected(GENERAL)).isEmpty();
        assertThat(book(List.of(DECLARED)).expected(GENERAL)).map(c -> c.windows().getFirst())
                .contains(CalibratedWindow.measured(DECLARED, CalibrationWitness.NONE));
        assertThat(book(List.of(DECLARED), measured(MINUTE, 1)).expected(GENERAL)).map(c -> c.windows().getFirst())
                .contains(CalibratedWindow.measured(MINUTE, CalibrationWitness.RESET));
        assertThat(new PlanBook(List.of(DECLARED), List.of(), contradicted(DECLARED, 1, 5, 9)).expected(GENERAL))
                .isEmpty();
    }
}
