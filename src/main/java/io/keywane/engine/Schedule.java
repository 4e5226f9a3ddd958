package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProbeBudget;
import io.keywane.usage.ProbePlan;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.WindowModel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;

/** Which probes are due, within the budget. */
final class Schedule {
    /** Where no window is declared, the shortest that the limit can belong to: it books the fewest own requests. */
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);
    /** Own requests out of turn in the shortest window, while a key has shown no limit to take a share of. */
    private static final long WITHOUT_READING = 6;
    /** While a leaving key waits for its gates, the wallet is looked at this often, but never more rarely than usual. */
    private static final Duration WATCHED_WALLET = Duration.ofMinutes(10);

    private final ProviderProfile profile;
    private final ProbingSettings settings;
    private final Moment started;
    private final Map<KeyName, Double> phases = new ConcurrentHashMap<>();

    /** One probe that is due. */
    record Due(KeyVersion version, LimiterGroup group) {}

    Schedule(ProviderProfile profile, ProbingSettings settings, Moment started) {
        this.profile = profile;
        this.settings = settings;
        this.started = started;
    }

    void phase(KeyName key, double phase) {
        phases.put(key, phase);
    }

    SortedSet<LimiterGroup> groups() {
        return profile.groupNames();
    }

    Duration interval() {
        return settings.interval();
    }

    ProbeBudget budget() {
        return new ProbeBudget(settings.creditsPerDay(), settings.shareOfLimit());
    }

    Duration balancePeriod(boolean watched) {
        // Spread over the day: a budget that is used up by noon would leave the afternoon unobserved.
        Duration affordable = ProbeBudget.DAY.multipliedBy(profile.balance().credits())
                .dividedBy(Math.max(1, settings.creditsPerDay()));
        Duration sooner = affordable.compareTo(WATCHED_WALLET) > 0 ? affordable : WATCHED_WALLET;
        return watched && sooner.compareTo(settings.balanceInterval()) < 0 ? sooner : settings.balanceInterval();
    }

    Duration period(KeyWatcher watcher, KeyVersion version, LimiterGroup group) {
        Optional<WindowModel> window = watcher.read(version.id(), w -> w.window(group)).flatMap(w -> w);
        return plan(watcher).period(version.stage().isLeaving(), window);
    }

    /** The probes of one key that are due now: those that confirm a suspicion first. */
    List<Due> due(KeyWatcher watcher, Moment now) {
        List<Due> due = new ArrayList<>();
        KeyState state = watcher.state();
        for (KeyVersion version : state.probed()) {
            boolean suspected = watcher.read(version.id(), w -> w.acceptance.isSuspected()).orElse(false);
            if (suspected && mayProbe(watcher, version, groups().first(), now)) {
                due.addFirst(new Due(version, groups().first()));
                continue;
            }
            for (LimiterGroup group : groups()) {
                if (isDue(watcher, version, group, now) && isAffordable(watcher, version, group, now)) {
                    due.add(new Due(version, group));
                }
            }
        }
        return due;
    }

    /** Whether a version may be probed out of turn: left alone for long enough, not asked to wait, and affordable. */
    boolean mayProbe(KeyWatcher watcher, KeyVersion version, LimiterGroup group, Moment now) {
        boolean waiting = watcher.read(version.id(), w -> w.notBefore(group)).flatMap(s -> s)
                .filter(until -> !now.isAtLeastAfter(until, Duration.ZERO)).isPresent();
        if (waiting || !isRested(watcher, version, now)) {
            return false;
        }
        boolean unknown = watcher.read(version.id(), w -> w.reading(group)).flatMap(r -> r).isEmpty();
        return unknown
                ? own(watcher, version, group, now, SHORTEST_WINDOW) < WITHOUT_READING
                : isAffordable(watcher, version, group, now);
    }

    private boolean isRested(KeyWatcher watcher, KeyVersion version, Moment now) {
        Duration gap = watcher.read(version.id(), VersionWatch::retryGap).orElse(AcceptanceTracker.CONFIRMING_GAP);
        return watcher.read(version.id(), VersionWatch::lastSent).flatMap(s -> s)
                .map(sent -> now.isAtLeastAfter(sent, gap)).orElse(true);
    }

    private boolean isDue(KeyWatcher watcher, KeyVersion version, LimiterGroup group, Moment now) {
        return plan(watcher).isDue(now, started, watcher.read(version.id(), w -> w.lastSent(group)).flatMap(s -> s),
                period(watcher, version, group), watcher.read(version.id(), w -> w.notBefore(group)).flatMap(s -> s));
    }

    private boolean isAffordable(KeyWatcher watcher, KeyVersion version, LimiterGroup group, Moment now) {
        Optional<RateLimitReading> reading = watcher.read(version.id(), w -> w.reading(group)).flatMap(r -> r);
        if (reading.isEmpty()) {
            return true;
        }
        Duration window = profile.window(group, reading.get().limit()).map(WindowModel::length).orElse(SHORTEST_WINDOW);
        boolean old = watcher.read(version.id(), w -> w.lastGood(group)).flatMap(s -> s)
                .filter(sample -> now.isAtLeastAfter(sample.received(), window)).isPresent();
        long own = own(watcher, version, group, now, window);
        // A reading older than its window says nothing of what is left now.
        RateLimitReading present = old
                ? new RateLimitReading(reading.get().limit(), reading.get().limit(),
                        reading.get().reset())
                : reading.get();
        return budget().allowsRequest(present, own);
    }

    private static long own(
            KeyWatcher watcher,
            KeyVersion version,
            LimiterGroup group,
            Moment now,
            Duration window) {
        return watcher.read(version.id(), w -> w.account(group).map(a -> a.ownWithin(now, window)).orElse(0L))
                .orElse(0L);
    }

    private ProbePlan plan(KeyWatcher watcher) {
        return new ProbePlan(settings.interval(), phases.getOrDefault(watcher.name, 0.0));
    }
}
