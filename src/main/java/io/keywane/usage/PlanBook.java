package io.keywane.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * All that is known of the windows of one organisation's limiter group: what the operator declares, what was measured, and
 * what keys in use contradicted. What was measured counts before what is declared.
 *
 * <p>One limit may have stood for windows of several lengths in the course of plans; then it stands for the shortest: that
 * claims the least time and books the fewest own requests.
 */
public final class PlanBook implements WindowLookup {
    /** After so many contradictions a window counts no more until it is calibrated anew. */
    static final int CONTRADICTIONS_TO_LOSE = 3;
    /** Nothing is known. */
    public static final PlanBook EMPTY = new PlanBook(List.of(), List.of(), List.of());

    private final List<WindowModel> declared;
    private final List<DatedCalibration> calibrations;
    private final List<Contradiction> contradictions;
    private final List<KnownWindow> known;
    private final List<KnownWindow> trusted;

    /** What is known of one group; calibrations and contradictions in any order. */
    public PlanBook(List<WindowModel> declared, List<DatedCalibration> calibrations,
            List<Contradiction> contradictions) {
        this.declared = List.copyOf(declared);
        this.calibrations = calibrations.stream().sorted(Comparator.comparing(DatedCalibration::at)).toList();
        this.contradictions = contradictions.stream().sorted(Comparator.comparing(Contradiction::at)).toList();
        this.known = gather();
        this.trusted = known.stream().filter(window -> !isDiscredited(window)).toList();
    }

    /** This and one calibration more. */
    public PlanBook with(DatedCalibration calibration) {
        return new PlanBook(declared, more(calibrations, calibration), contradictions);
    }

    /** This and one contradiction more. */
    public PlanBook with(Contradiction contradiction) {
        return new PlanBook(declared, calibrations, more(contradictions, contradiction));
    }

    private static <T> List<T> more(List<T> before, T added) {
        List<T> all = new ArrayList<>(before);
        all.add(added);
        return all;
    }

    private List<KnownWindow> gather() {
        TreeSet<Long> limits = new TreeSet<>();
        declared.forEach(window -> limits.add(window.limit()));
        calibrations.forEach(c -> c.calibration().windows().forEach(window -> limits.add(window.limit())));
        List<KnownWindow> all = new ArrayList<>();
        limits.forEach(limit -> resolve(limit).ifPresent(all::add));
        return List.copyOf(all);
    }

    @Override
    public Optional<KnownWindow> find(long limit) {
        return known.stream().filter(window -> window.model().limit() == limit).findFirst();
    }

    @Override
    public List<KnownWindow> known() {
        return known;
    }

    @Override
    public List<KnownWindow> trusted() {
        return trusted;
    }

    /** Whether a window was contradicted so often that it claims nothing until it is calibrated anew. */
    public boolean isDiscredited(KnownWindow window) {
        return incidents(window) >= CONTRADICTIONS_TO_LOSE;
    }

    /** How often a window was contradicted since it is known; what lies within one window length is one time. */
    public int incidents(KnownWindow window) {
        requireNonNull(window, "window is null");
        WindowModel model = window.model();
        int count = 0;
        Instant until = Instant.MIN;
        for (Contradiction contradiction : contradictions) {
            boolean counts = contradiction.model().equals(model)
                    && window.since().filter(since -> !contradiction.at().isAfter(since)).isEmpty();
            if (counts && !contradiction.at().isBefore(until)) {
                count++;
                until = contradiction.at().plus(model.length());
            }
        }
        return count;
    }

    /** The calibrations, oldest first, those without a result included. */
    public List<DatedCalibration> calibrations() {
        return calibrations;
    }

    /** Whether a measured window differs from the one that is declared by its limit: the declaration is wrong. */
    public boolean isDeclarationRefuted(long limit) {
        Optional<WindowModel> said = declaration(limit);
        return said.isPresent() && (isRefuted(limit)
                || measured(limit).filter(window -> !isAlike(window.model(), said.get())).isPresent());
    }

    /** Another tolerance or an unknown Reset is less precise, not wrong. */
    private static boolean isAlike(WindowModel measured, WindowModel said) {
        boolean reset = said.reset() == WindowModel.ResetMeaning.UNKNOWN || said.reset() == measured.reset();
        return measured.kind() == said.kind() && measured.length().equals(said.length()) && reset
                && measured.countsAnswered() == said.countsAnswered();
    }

    /**
     * What a new key of the plan may be checked against, which a few requests suffice for: the latest measured windows, else
     * the declared ones. Empty where there are none, or where one was discredited.
     */
    public Optional<Calibration> expected(LimiterGroup group) {
        if (known.isEmpty() || known.stream().anyMatch(this::isDiscredited)) {
            return Optional.empty();
        }
        List<CalibratedWindow> windows = known.stream()
                .map(window -> CalibratedWindow.measured(window.model(), witness(window))).toList();
        return Optional.of(new Calibration(group, windows, CalibrationReason.MEASURED));
    }

    /** Only what was measured has a witness, and only that may be one for another group. */
    private CalibrationWitness witness(KnownWindow window) {
        return calibrations.reversed().stream()
                .filter(c -> window.since().equals(Optional.of(c.at())))
                .flatMap(c -> c.calibration().window(window.model().limit()).stream())
                .map(CalibratedWindow::witness).findFirst().orElse(CalibrationWitness.NONE);
    }

    private Optional<KnownWindow> resolve(long limit) {
        if (isRefuted(limit)) {
            return Optional.empty();
        }
        return measured(limit).or(() -> declaration(limit).map(KnownWindow::declared));
    }

    private Optional<WindowModel> declaration(long limit) {
        return declared.stream().filter(window -> window.limit() == limit).findFirst();
    }

    /** Of the shortest length that was measured the latest model. */
    private Optional<KnownWindow> measured(long limit) {
        KnownWindow best = null;
        for (DatedCalibration dated : calibrations) {
            Optional<WindowModel> model = dated.calibration().window(limit).flatMap(CalibratedWindow::model);
            Duration shortest = best == null ? Duration.ofDays(365) : best.model().length();
            if (model.isPresent() && model.get().length().compareTo(shortest) <= 0) {
                best = KnownWindow.calibrated(model.get(), dated.at());
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether the latest calibration that tells saw that the limit stands for nothing that can prove silence. */
    private boolean isRefuted(long limit) {
        return calibrations.reversed().stream().flatMap(c -> c.calibration().window(limit).stream())
                .map(CalibratedWindow::reason)
                .filter(why -> why == CalibrationReason.MEASURED || why.refutes()).findFirst()
                .filter(CalibrationReason::refutes).isPresent();
    }
}
