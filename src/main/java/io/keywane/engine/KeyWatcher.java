package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Parity;
import io.keywane.rotation.Publication;
import io.keywane.rotation.Reason;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.StoreView;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UseStep;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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
    private final UseWatch use;
    private final WindowBooks books;
    private KeySettings settings;
    private KeyState state;
    private Parity parity = Parity.NOT_COMPARED;
    private @Nullable VersionId compared;
    private @Nullable StoreView lastView;
    private @Nullable StoreView lastLook;
    private Publication publication = Publication.NOT_CONFIGURED;
    private boolean stateIsUncertain;
    /** At the start too: a former process may have died between an effect and its outcome. */
    private boolean areIntentsOpen = true;
    private boolean isRestored;
    private final Set<VersionId> saidRevoked = new HashSet<>();
    private @Nullable String evidenceFailure;
    private @Nullable CalibrationRun calibration;

    KeyWatcher(KeySettings settings, KeyState state, ProviderProfile profile, UseWatch use, WindowBooks books) {
        this.books = books;
        this.name = settings.name();
        this.settings = settings;
        this.state = state;
        this.use = use;
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

    /** A person says that this version was revoked; held until the process ends, for a refusal follows soon or never. */
    synchronized void sayRevoked(VersionId version) {
        saidRevoked.add(version);
    }

    synchronized boolean isSaidRevoked(VersionId version) {
        return saidRevoked.contains(version);
    }

    /** Whether the state was restored and nobody has seen yet that consumers read its current key. */
    synchronized boolean isRestored() {
        return isRestored;
    }

    synchronized void restored(boolean restored) {
        isRestored = restored;
    }

    /** Whether an effect may be without its outcome in the journal. */
    synchronized void intentsAreOpen(boolean open) {
        areIntentsOpen = open;
    }

    synchronized boolean areIntentsOpen() {
        return areIntentsOpen;
    }

    /** What the store was last seen to hold. */
    synchronized void seen(StoreView view) {
        lastView = view;
    }

    /** What the latest gathering found in store and place of publication; the view is empty where the look failed. */
    synchronized void looked(Optional<StoreView> view, Publication published) {
        lastLook = view.orElse(null);
        publication = published;
    }

    synchronized Optional<StoreView> lastLook() {
        return Optional.ofNullable(lastLook);
    }

    synchronized Publication publication() {
        return publication;
    }

    /** Why the store, as last seen, is not as we left it; empty where it is, and while a rotation deals with it. */
    synchronized Optional<Reason> foreign() {
        return Optional.ofNullable(lastView).flatMap(view -> view.foreign(state));
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

    /** Why the evidence of a drained version cannot be kept; empty while it can. */
    synchronized Optional<String> evidenceFailure() {
        return Optional.ofNullable(evidenceFailure);
    }

    synchronized void evidenceFailure(@Nullable String why) {
        evidenceFailure = why;
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
        watch.acceptance.observe(sample.outcome(), controlWorks, sample.received());
        calibration().ifPresent(run -> run.observe(sample));
        return watch.observe(sample, settings.rotation().proof());
    }

    /**
     * Judges the past of a version anew, by what is known of windows now; what was watched of it before is dropped.
     *
     * @return what its samples tell now, oldest first
     */
    synchronized List<UsagePoint> rejudge(VersionId id, Replay past, ProviderProfile profile) {
        VersionWatch before = versions.get(id);
        if (before == null) {
            return List.of();
        }
        VersionWatch fresh = before.anew(profile);
        fresh.keepUse(!state.leaving().isEmpty());
        List<UsagePoint> points = new ArrayList<>();
        past.into(fresh::enter,
                sample -> fresh.observe(sample, settings.rotation().proof()).ifPresent(points::add));
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

    /** Takes what a sample told of others' use into the key's series. */
    synchronized void detect(UsagePoint point) {
        use.take(point);
    }

    /** Reads something of what is known of the key's use. */
    synchronized <T> T ofUse(Function<UseWatch, T> reader) {
        return reader.apply(use);
    }

    /** Keeps what is known of the key's use where it is time to; {@code durably} throws where it cannot. */
    synchronized void saveUse(Consumer<String> durably) {
        use.toSave().ifPresent(text -> {
            durably.accept(text);
            use.saved();
        });
    }

    /** When the silence of a leaving version will have lasted long enough, for the plan of its probes. */
    synchronized void quietBy(VersionId id, Optional<Moment> moment) {
        Optional.ofNullable(versions.get(id)).ifPresent(watch -> watch.quietBy(moment));
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
