package io.keywane.engine;

import io.keywane.anomaly.SpikeDetector;
import io.keywane.anomaly.SpikeThresholds;
import io.keywane.anomaly.SpikeVerdict;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Parity;
import io.keywane.rotation.Rotation;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UseStep;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * What is being seen of one managed key: its state and a watch for each of its live versions.
 *
 * <p>Two locks: {@link #probing} is held while a request of our own is under way, so that there is never more than one;
 * {@link #steps} while a decision is taken and carried out. Everything else is guarded by the object itself, briefly.
 */
final class KeyWatcher {
    final KeyName name;
    final ReentrantLock probing = new ReentrantLock();
    final ReentrantLock steps = new ReentrantLock();
    private final Map<VersionId, VersionWatch> versions = new LinkedHashMap<>();
    private final Map<LimiterGroup, UsagePoint> lastPoint = new LinkedHashMap<>();
    private final SpikeDetector spikes;
    private final WindowBooks books;
    private KeySettings settings;
    private KeyState state;
    private Parity parity = Parity.NOT_COMPARED;
    private @Nullable VersionId compared;
    private boolean stateIsUncertain;
    private @Nullable SpikeVerdict spike;
    private @Nullable CalibrationRun calibration;

    KeyWatcher(KeySettings settings, KeyState state, ProviderProfile profile, SpikeThresholds thresholds,
            WindowBooks books) {
        this.books = books;
        this.name = settings.name();
        this.settings = settings;
        this.state = state;
        this.spikes = new SpikeDetector(thresholds);
        watchLive(profile);
    }

    synchronized KeySettings settings() {
        return settings;
    }

    synchronized void settings(KeySettings changed) {
        settings = changed;
    }

    synchronized KeyState state() {
        return state;
    }

    /** The state was made durable; from now on it is the one. */
    synchronized void state(KeyState next, ProviderProfile profile) {
        state = next;
        stateIsUncertain = false;
        watchLive(profile);
    }

    /** Making a state durable failed in a way that leaves open whether it is. */
    synchronized void stateIsUncertain() {
        stateIsUncertain = true;
    }

    synchronized boolean isStateUncertain() {
        return stateIsUncertain;
    }

    private synchronized void watchLive(ProviderProfile profile) {
        List<VersionId> live = state.probed().stream().map(KeyVersion::id).toList();
        versions.keySet().retainAll(live);
        live.forEach(id -> versions.computeIfAbsent(id, version -> new VersionWatch(version, profile,
                group -> books.of(settings.organisation(), group))));
        boolean aVersionLeaves = !state.leaving().isEmpty();
        versions.values().forEach(watch -> watch.keepUse(aVersionLeaves));
    }

    /** How the key that is being taken in compares with the current one. */
    synchronized Parity parity() {
        Optional<VersionId> candidate = state.openRotation().flatMap(Rotation::newVersion);
        return candidate.equals(Optional.ofNullable(compared)) ? parity : Parity.NOT_COMPARED;
    }

    synchronized void parity(VersionId candidate, Parity result) {
        compared = candidate;
        parity = result;
    }

    synchronized void enter(OwnRequest entry) {
        Optional.ofNullable(versions.get(entry.version())).ifPresent(watch -> watch.enter(entry));
    }

    /**
     * Takes in a sample.
     *
     * @param controlWorks whether the control request worked just before it
     */
    synchronized Optional<UsagePoint> observe(Sample sample, boolean controlWorks) {
        VersionWatch watch = versions.get(sample.version());
        if (watch == null) {
            return Optional.empty();
        }
        watch.acceptance.observe(sample.outcome(), controlWorks);
        calibration().ifPresent(run -> run.observe(sample));
        Optional<UsagePoint> point = watch.observe(sample, settings.rotation().proof());
        boolean isCurrent = state.current().filter(v -> v.id().equals(sample.version())).isPresent();
        if (isCurrent) {
            point.ifPresent(this::detect);
        }
        return point;
    }

    /**
     * Judges the past of a version anew, by what is known of windows now; what was watched of it before is dropped.
     *
     * @return what its samples tell now, oldest first
     */
    synchronized List<UsagePoint> rejudge(VersionId id, Replay past, ProviderProfile profile) {
        if (!versions.containsKey(id)) {
            return List.of();
        }
        VersionWatch fresh = new VersionWatch(id, profile, group -> books.of(settings.organisation(), group));
        fresh.keepUse(!state.leaving().isEmpty());
        List<UsagePoint> points = new ArrayList<>();
        past.into(fresh::enter, sample -> {
            fresh.acceptance.observe(sample.outcome(), false);
            fresh.observe(sample, settings.rotation().proof()).ifPresent(points::add);
        });
        versions.put(id, fresh);
        return points;
    }

    /** The calibration that is under way on one of its versions. */
    synchronized Optional<CalibrationRun> calibration() {
        return Optional.ofNullable(calibration);
    }

    synchronized void calibration(Optional<CalibrationRun> run) {
        calibration = run.orElse(null);
    }

    /** Whether a version is being calibrated, so that nothing else is to be sent with it. */
    synchronized boolean isCalibrated(VersionId id) {
        return calibration().filter(run -> run.version.equals(id)).isPresent();
    }

    /** Some other key of the organisation, or another version of this one, was accepted. */
    synchronized void anotherAccepted(VersionId accepted) {
        versions.values().stream().filter(watch -> !watch.id.equals(accepted))
                .forEach(watch -> watch.acceptance.anotherAccepted());
    }

    private void detect(UsagePoint point) {
        lastPoint.put(point.group(), point);
        boolean known = lastPoint.values().stream().allMatch(p -> p.verdict() != UsagePoint.Verdict.UNKNOWN);
        if (!known) {
            return;
        }
        double perMinute = lastPoint.values().stream().filter(p -> !p.window().isZero())
                .mapToDouble(p -> p.foreign().lo() * 60.0 / p.window().toSeconds()).sum();
        spike = spikes.observe(point.at(), perMinute);
    }

    synchronized Optional<SpikeVerdict> spike() {
        return Optional.ofNullable(spike);
    }

    /** Reads something of one version's watch; empty where it is not watched. */
    synchronized <T> Optional<T> read(VersionId id, Function<VersionWatch, T> reader) {
        return Optional.ofNullable(versions.get(id)).map(reader);
    }

    /** The steps of others' use of a version in a group between two moments. */
    synchronized List<UseStep> use(VersionId id, LimiterGroup group, Moment from, Moment to, Moment now) {
        return Optional.ofNullable(versions.get(id)).flatMap(watch -> watch.tally(group))
                .map(tally -> tally.between(from, to, now)).orElse(List.of());
    }
}
