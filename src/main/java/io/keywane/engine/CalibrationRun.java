package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.Calibration;
import io.keywane.usage.CalibrationReason;
import io.keywane.usage.Calibrator;
import io.keywane.usage.CalibratorStep;
import io.keywane.usage.CalibratorStep.Done;
import io.keywane.usage.CalibratorStep.Send;
import io.keywane.usage.CalibratorStep.Target;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.Sample;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One calibration that is under way: a {@link Calibrator} for each group of one version. Safe for use by several threads. */
final class CalibrationRun {
    final VersionId version;
    final Moment started;
    final boolean byPerson;
    private final CalibrationSettings settings;
    private final Map<LimiterGroup, Calibrator> groups;
    private final Map<LimiterGroup, Calibration> done = new TreeMap<>();
    private int sent;

    /** The request that is to be sent next. */
    record Due(LimiterGroup group, Target target, Moment at) {}

    CalibrationRun(VersionId version, Moment started, boolean byPerson, CalibrationSettings settings,
            Map<LimiterGroup, Calibrator> groups) {
        this.version = version;
        this.started = started;
        this.byPerson = byPerson;
        this.settings = settings;
        this.groups = new TreeMap<>(groups);
    }

    /** What is to be sent next; empty when all groups are done. */
    synchronized Optional<Due> next(Moment now) {
        if (now.isAtLeastAfter(started, settings.maxTime())) {
            giveUp(CalibrationReason.TIME_OUT);
        }
        if (sent >= settings.maxRequests()) {
            giveUp(CalibrationReason.BUDGET);
        }
        Due first = null;
        for (Map.Entry<LimiterGroup, Calibrator> entry : groups.entrySet()) {
            CalibratorStep step = entry.getValue().next(now);
            if (step instanceof Done over) {
                done.put(entry.getKey(), over.calibration());
            }
            if (step instanceof Send send && (first == null || isSooner(send.at(), first.at()))) {
                first = new Due(entry.getKey(), send.target(), send.at());
            }
        }
        return Optional.ofNullable(first);
    }

    private static boolean isSooner(Moment one, Moment other) {
        return one.sinceBoot().compareTo(other.sinceBoot()) < 0;
    }

    synchronized void sending() {
        sent++;
    }

    /** Takes in the sample of any version of the key: of others, that they move nothing is to be seen. */
    synchronized void observe(Sample sample) {
        Calibrator calibrator = groups.get(sample.group());
        if (calibrator == null) {
            return;
        }
        if (sample.version().equals(version)) {
            calibrator.settled(sample);
            return;
        }
        calibrator.other(sample);
    }

    synchronized void skipOther(LimiterGroup group) {
        Optional.ofNullable(groups.get(group)).ifPresent(Calibrator::skipOther);
    }

    synchronized void giveUp(CalibrationReason why) {
        groups.values().forEach(calibrator -> calibrator.giveUp(why));
    }

    synchronized int sent() {
        return sent;
    }

    synchronized CalibrationReport.Running report() {
        Map<LimiterGroup, Integer> rounds = new TreeMap<>();
        groups.forEach((group, calibrator) -> rounds.put(group, calibrator.rounds()));
        return new CalibrationReport.Running(version, started, sent, rounds, done);
    }

    /** Whether it ended in a group because what was known before fits. */
    synchronized boolean isConfirmed(LimiterGroup group) {
        return Optional.ofNullable(groups.get(group)).filter(Calibrator::isConfirmed).isPresent();
    }

    /** How each group ended, judged together: what only fitted a declaration is no witness for the others. */
    synchronized Map<LimiterGroup, Calibration> results() {
        Map<LimiterGroup, Calibration> measured = new LinkedHashMap<>(done);
        measured.keySet().removeIf(this::isConfirmed);
        Map<LimiterGroup, Calibration> results = new TreeMap<>(Calibration.together(measured));
        groups.keySet().stream().filter(this::isConfirmed)
                .forEach(group -> results.put(group, Calibration.confirmed(group)));
        return results;
    }
}
