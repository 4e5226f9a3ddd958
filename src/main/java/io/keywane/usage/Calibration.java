package io.keywane.usage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * What one calibration found out about one limiter group: each window that the headers showed, measured or unknown with a
 * reason. The set of limits stands for the plan.
 *
 * @param group the limiter group
 * @param windows each shown window, by ascending limit; empty where no limit was shown
 * @param reason how the calibration of the group ended: {@link CalibrationReason#MEASURED} if any window was measured
 * @param apart whether requests with another key were seen not to move the count
 * @param countsMissing whether a request that is answered 404 counts
 */
public record Calibration(
        LimiterGroup group,
        List<CalibratedWindow> windows,
        CalibrationReason reason,
        Observed apart,
        Observed countsMissing) {
    public Calibration {
        requireNonNull(apart, "apart is null");
        requireNonNull(countsMissing, "countsMissing is null");
        requireNonNull(group, "group is null");
        requireNonNull(reason, "reason is null");
        windows = List.copyOf(windows);
        boolean measured = windows.stream().anyMatch(w -> w.model().isPresent());
        if (measured != (reason == CalibrationReason.MEASURED)) {
            throw new IllegalArgumentException("a calibration is measured exactly when a window is");
        }
    }

    Calibration(LimiterGroup group, List<CalibratedWindow> windows, CalibrationReason reason) {
        this(group, windows, reason, Observed.UNKNOWN, Observed.UNKNOWN);
    }

    /** That a few answers fitted what was known before. */
    public static Calibration confirmed(LimiterGroup group) {
        return new Calibration(group, List.of(), CalibrationReason.CONFIRMED);
    }

    /** One that ended before any limit was shown. */
    public static Calibration ended(LimiterGroup group, CalibrationReason why) {
        return new Calibration(group, List.of(), why);
    }

    /** The window of a limit, if the headers showed it. */
    public Optional<CalibratedWindow> window(long limit) {
        return windows.stream().filter(w -> w.limit() == limit).findFirst();
    }

    /**
     * Judges the groups of one key together, since all its limiters are of one make: where one group lacks a witness that
     * nobody used the key once per window, another that counts in the same way is one. Where groups differ in whether
     * Remaining counts the answered request, somebody used one of them, and none without a witness of its own stands.
     */
    public static Map<LimiterGroup, Calibration> together(Map<LimiterGroup, Calibration> groups) {
        Map<LimiterGroup, Calibration> judged = new TreeMap<>();
        groups.forEach((group, calibration) -> judged.put(group, calibration.besides(
                groups.values().stream().filter(other -> !other.group.equals(group)).toList())));
        return judged;
    }

    private Calibration besides(List<Calibration> others) {
        List<WindowModel> elsewhere = others.stream().flatMap(other -> other.windows.stream())
                .flatMap(window -> window.model().stream()).toList();
        List<CalibratedWindow> judged = windows.stream().map(window -> judge(window, elsewhere)).toList();
        boolean measured = judged.stream().anyMatch(w -> w.model().isPresent());
        CalibrationReason why = reason == CalibrationReason.MEASURED && !measured
                ? CalibrationReason.NO_WITNESS
                : reason;
        return new Calibration(group, judged, why, apart, countsMissing);
    }

    private static CalibratedWindow judge(CalibratedWindow window, List<WindowModel> elsewhere) {
        if (window.model().isEmpty() || window.witness() != CalibrationWitness.NONE) {
            return window;
        }
        boolean counts = window.model().get().countsAnswered();
        boolean agreed = !elsewhere.isEmpty() && elsewhere.stream().allMatch(m -> m.countsAnswered() == counts);
        return agreed
                ? CalibratedWindow.measured(window.model().get(), CalibrationWitness.OTHER_GROUP)
                : CalibratedWindow.unknown(window.limit(), CalibrationReason.NO_WITNESS);
    }
}
