package io.keywane.daemon;

import io.keywane.control.CalibrationStatus;
import io.keywane.control.DoctorReport.Check;
import io.keywane.control.DoctorReport.Level;
import io.keywane.control.WindowStatus;
import io.keywane.engine.CalibrationReport;
import io.keywane.key.KeyName;
import io.keywane.usage.Calibration;
import io.keywane.usage.DatedCalibration;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.Observed;
import io.keywane.usage.PlanBook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads from the engine what is known of windows, for status and doctor. */
final class CalibrationReading {
    private CalibrationReading() {}

    static CalibrationStatus status(KeyName key, CalibrationReport report) {
        List<CalibrationStatus.Group> groups = new ArrayList<>();
        new TreeMap<>(report.books()).forEach((group, book) -> groups.add(group(group, book, report.running())));
        return new CalibrationStatus(key.value(), report.running().isPresent(),
                report.running().map(run -> run.version().brief()), report.running().map(run -> run.began().wall()),
                report.running().map(CalibrationReport.Running::requests).orElse(0), groups, windows(report));
    }

    private static CalibrationStatus.Group group(
            LimiterGroup group, PlanBook book, Optional<CalibrationReport.Running> running) {
        Optional<DatedCalibration> latest = latest(book).filter(_ -> running.isEmpty());
        Optional<Calibration> result = running.isPresent()
                ? Optional.ofNullable(running.get().results().get(group))
                : latest.map(DatedCalibration::calibration);
        return new CalibrationStatus.Group(group.value(),
                running.map(run -> run.rounds().getOrDefault(group, 0)).orElse(0),
                result.map(c -> c.reason().word()), result.map(c -> c.reason().sentence()),
                result.map(c -> c.reason().advice()), latest.map(DatedCalibration::at),
                result.map(Calibration::apart).orElse(Observed.UNKNOWN).word(),
                result.map(Calibration::countsMissing).orElse(Observed.UNKNOWN).word());
    }

    private static Optional<DatedCalibration> latest(PlanBook book) {
        return book.calibrations().isEmpty() ? Optional.empty() : Optional.of(book.calibrations().getLast());
    }

    static List<WindowStatus> windows(CalibrationReport report) {
        List<WindowStatus> all = new ArrayList<>();
        new TreeMap<>(report.books()).forEach((group, book) -> book.known()
                .forEach(window -> all.add(window(group, book, window))));
        return all;
    }

    private static WindowStatus window(LimiterGroup group, PlanBook book, KnownWindow known) {
        return new WindowStatus(group.value(), known.model().limit(), known.model().length(),
                Words.of(known.model().kind()), known.model().tolerance(), known.model().countsAnswered(),
                Words.of(known.model().reset()), Words.of(known.origin()), known.since(), book.incidents(known),
                book.isDiscredited(known), book.isDeclarationRefuted(known.model().limit()));
    }

    /** What doctor says of one organisation's windows. */
    static List<Check> checks(String organisation, KeyName key, Map<LimiterGroup, PlanBook> books) {
        List<Check> checks = new ArrayList<>();
        new TreeMap<>(books).forEach((group, book) -> checks.add(check(organisation + " " + group, key, book)));
        return checks;
    }

    private static Check check(String place, KeyName key, PlanBook book) {
        String name = "windows " + place;
        Optional<DatedCalibration> latest = latest(book);
        String last = latest.map(c -> "; last calibration on " + c.at() + ": " + c.calibration().reason().word())
                .orElse("; never calibrated");
        List<KnownWindow> known = book.known();
        if (known.stream().anyMatch(book::isDiscredited)) {
            return new Check(name, Level.WARNING, "contradicted too often, so nothing is claimed" + last,
                    Optional.of("keywane calibrate KEY, on a key that nobody else uses"));
        }
        Optional<KnownWindow> wrong = known.stream().filter(w -> book.isDeclarationRefuted(w.model().limit()))
                .findFirst();
        if (wrong.isPresent()) {
            return new Check(name, Level.WARNING, "the window of limit " + wrong.get().model().limit()
                    + " is not as the configuration declares it; what was measured counts: " + words(wrong.get()),
                    Optional.of("mend provider.groups, or take the declaration out"));
        }
        if (known.isEmpty()) {
            return new Check(name, Level.WARNING, "no window is known, so no silence can be proved" + last,
                    Optional.of(latest.map(c -> c.calibration().reason().advice())
                            .orElse("the next rotation of " + key + " calibrates; or declare the windows")));
        }
        return new Check(name, Level.OK, String.join(", ", known.stream().map(CalibrationReading::words).toList()),
                Optional.empty());
    }

    private static String words(KnownWindow window) {
        return window.model().limit() + " in " + window.model().length().toSeconds() + " s, "
                + Words.of(window.model().kind()) + ", " + Words.of(window.origin())
                + window.since().map(since -> " on " + since).orElse("");
    }
}
