package io.keywane.engine;

import io.keywane.alert.Incident;
import io.keywane.alert.Maintenance;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.Evidence;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.Gates;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Reason;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.PlannedProbe;
import io.keywane.usage.Sample;
import io.keywane.usage.UseStep;
import io.keywane.usage.UseTally;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * What is known of one key at one time: the view from which status, metrics and explanations are made.
 *
 * @param settings its configuration
 * @param state its versions and rotation
 * @param evidence what a decision would rest on now
 * @param samples the latest full success of the current version, by group
 * @param lastSample the latest answer of each version
 * @param coverage share of the last hour in which the current version's use was observed, by group
 * @param gates how the gates of each leaving version stand
 * @param plans when each leaving version is probed next, by group
 * @param incident the incident in its use that is open
 * @param maintenance the maintenance that lasts
 * @param evidenceFailure why the evidence of a drained version cannot be kept, if it cannot
 * @param intake what is known of where a rotation that waits for its key takes it from
 * @param telling how far the command came that tells consumers of the latest publication
 * @param at when this was gathered
 */
public record KeyReport(
        KeySettings settings,
        KeyState state,
        Evidence evidence,
        Map<LimiterGroup, Sample> samples,
        Map<VersionId, Sample> lastSample,
        Map<LimiterGroup, Double> coverage,
        Map<VersionId, List<GateReport>> gates,
        Map<VersionId, Map<LimiterGroup, PlannedProbe>> plans,
        Optional<Incident> incident,
        Optional<Maintenance> maintenance,
        Optional<String> evidenceFailure,
        Optional<IntakeReport> intake,
        Optional<TellingReport> telling,
        Moment at) {
    private static final Duration COVERED = Duration.ofHours(1);

    public KeyReport {
        requireNonNull(settings, "settings is null");
        requireNonNull(state, "state is null");
        requireNonNull(evidence, "evidence is null");
        samples = Map.copyOf(samples);
        lastSample = Map.copyOf(lastSample);
        coverage = Map.copyOf(coverage);
        gates = Map.copyOf(gates);
        plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
        requireNonNull(incident, "incident is null");
        requireNonNull(maintenance, "maintenance is null");
        requireNonNull(evidenceFailure, "evidenceFailure is null");
        requireNonNull(intake, "intake is null");
        requireNonNull(telling, "telling is null");
        requireNonNull(at, "at is null");
    }

    /** Why the store is not as we left it, while no rotation is open. */
    public Optional<Reason> foreign() {
        return evidence.store().flatMap(view -> view.foreign(state));
    }

    static KeyReport of(KeyWatcher watcher, Evidence evidence, Schedule schedule, KeyNotes notes, Intake intake,
            Telling telling, Moment now) {
        KeyState state = watcher.state();
        Map<LimiterGroup, Sample> samples = new TreeMap<>();
        Map<LimiterGroup, Double> coverage = new TreeMap<>();
        Map<VersionId, Sample> lastSample = new LinkedHashMap<>();
        Map<VersionId, List<GateReport>> gates = new LinkedHashMap<>();
        Map<VersionId, Map<LimiterGroup, PlannedProbe>> plans = new LinkedHashMap<>();
        Optional<VersionId> current = state.current().map(KeyVersion::id);
        for (LimiterGroup group : schedule.groups()) {
            current.flatMap(id -> watcher.read(id, w -> w.lastGood(group))).flatMap(s -> s)
                    .ifPresent(sample -> samples.put(group, sample));
            current.ifPresent(id -> coverage.put(group, coverage(watcher.use(id, group,
                    now.plus(COVERED.negated()), now, now))));
        }
        for (KeyVersion version : state.probed()) {
            watcher.read(version.id(), VersionWatch::lastSample).flatMap(s -> s)
                    .ifPresent(sample -> lastSample.put(version.id(), sample));
        }
        for (KeyVersion version : state.leaving()) {
            gates.put(version.id(),
                    Gates.assess(state, version, evidence.of(version.id()), watcher.settings().rotation(), now));
            plans.put(version.id(), schedule.plans(watcher, version, now));
        }
        return new KeyReport(watcher.settings(), state, evidence, samples, lastSample, coverage, gates, plans,
                watcher.ofUse(UseWatch::latest).filter(Incident::isOpen),
                notes.maintenance(watcher.name, now.wall()), watcher.evidenceFailure(),
                intake.report(watcher), telling.report(watcher), now);
    }

    /** The share of the time since the first of these steps that was observed. */
    private static double coverage(List<UseStep> steps) {
        return UseTally.sum(steps).coverage();
    }
}
