package io.keywane.engine;

import io.keywane.alert.Incident;
import io.keywane.alert.KeyWatch;
import io.keywane.alert.OrganisationWatch;
import io.keywane.alert.UntoldConsumers;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Reason;
import io.keywane.usage.Attribution;
import io.keywane.usage.BurnAgainstUse;
import io.keywane.usage.ForeignRate;
import io.keywane.usage.GroupAccount;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.RunOut;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UnknownUse;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UseStep;
import io.keywane.usage.WalletReading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Gathers what alerts rest on. */
final class AlertWatches {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SIX_HOURS = Duration.ofHours(6);
    private static final Duration DAY = Duration.ofHours(24);
    /** A key outside of the inventory is not seen while known ones are used; so long it is taken to be there still. */
    private static final Duration UNKNOWN_HELD = Duration.ofHours(6);

    private final Fleet fleet;
    private final Schedule schedule;
    private final Moment started;
    private final KeyNotes notes;
    private final Telling telling;
    private final Map<OrganisationName, UnknownUse> unknown = new ConcurrentHashMap<>();

    AlertWatches(Fleet fleet, Schedule schedule, Moment started, KeyNotes notes, Telling telling) {
        this.fleet = fleet;
        this.schedule = schedule;
        this.started = started;
        this.notes = notes;
        this.telling = telling;
    }

    OrganisationWatch organisation(Settings.OrganisationSettings organisation, Moment now) {
        OrganisationWatcher seen = fleet.organisation(organisation.name());
        List<WalletReading> readings = seen.readings();
        OptionalLong balance = seen.latest().map(r -> OptionalLong.of(r.balance())).orElse(OptionalLong.empty());
        return new OrganisationWatch(organisation.name(), fleet.areAllRefused(organisation.name()), seen.unreachable(),
                balance, organisation.creditsLow(), seen.lastCreditRefusal().isPresent(),
                RunOut.of(readings, HOUR, SIX_HOURS), RunOut.of(readings, SIX_HOURS, DAY),
                attribution(organisation.name(), now), unknownUse(organisation.name(), readings, now));
    }

    private Optional<Attribution> attribution(OrganisationName organisation, Moment now) {
        Map<KeyName, ForeignRate> before = new HashMap<>();
        Map<KeyName, ForeignRate> lately = new HashMap<>();
        for (KeyWatcher key : fleet.keysOf(organisation)) {
            before.put(key.name, use(key, now.plus(HOUR.multipliedBy(-2)), now.plus(HOUR.negated()), now));
            lately.put(key.name, use(key, now.plus(HOUR.negated()), now, now));
        }
        return Attribution.of(before, lately);
    }

    private ForeignRate use(KeyWatcher key, Moment from, Moment to, Moment now) {
        List<List<UseStep>> groups = new ArrayList<>();
        for (KeyVersion version : key.state().probed()) {
            schedule.groups().forEach(group -> groups.add(key.use(version.id(), group, from, to, now)));
        }
        return BurnAgainstUse.ofKey(groups, HOUR);
    }

    private Optional<UnknownUse> unknownUse(OrganisationName organisation, List<WalletReading> readings, Moment now) {
        UnknownUse.of(readings, silences(organisation)).ifPresent(use -> unknown.put(organisation, use));
        return Optional.ofNullable(unknown.get(organisation))
                .filter(use -> !now.isAtLeastAfter(use.to(), UNKNOWN_HELD));
    }

    /** The silence of each group of each version that the API may still accept. */
    private List<Optional<SilentSpan>> silences(OrganisationName organisation) {
        List<Optional<SilentSpan>> silences = new ArrayList<>();
        for (KeyWatcher key : fleet.keysOf(organisation)) {
            for (KeyVersion version : key.state().probed()) {
                if (fleet.acceptance(key, version.id()) == Acceptance.REFUSED) {
                    continue;
                }
                schedule.groups().forEach(group -> silences.add(key
                        .read(version.id(), w -> w.account(group).flatMap(GroupAccount::silence)).flatMap(s -> s)));
            }
        }
        return silences;
    }

    KeyWatch key(KeyWatcher watcher, Moment now) {
        KeyState state = watcher.state();
        Map<LimiterGroup, Double> saturation = new HashMap<>();
        Set<LimiterGroup> closed = new HashSet<>();
        Optional<VersionId> current = state.current().map(KeyVersion::id);
        for (LimiterGroup group : schedule.groups()) {
            current.flatMap(id -> watcher.read(id, w -> w.reading(group))).flatMap(r -> r)
                    .map(RateLimitReading::saturation).ifPresent(share -> saturation.put(group, share));
            current.flatMap(id -> watcher.read(id, w -> isClosedAfterUse(w, group))).filter(c -> c)
                    .ifPresent(_ -> closed.add(group));
        }
        Moment since = current.flatMap(id -> watcher.read(id, VersionWatch::lastSuccess)).flatMap(s -> s)
                .orElse(started);
        Set<VersionId> used = state.versions().stream().filter(v -> isUsedAfterFlag(watcher, v, now))
                .map(KeyVersion::id).collect(Collectors.toSet());
        Acceptance acceptance = current.map(id -> fleet.acceptance(watcher, id)).orElse(Acceptance.UNPROVEN);
        return new KeyWatch(state, watcher.settings().organisation(), acceptance,
                now.elapsedSince(since).orElse(now.sinceBoot()), schedule.interval(), saturation,
                watcher.ofUse(UseWatch::latest).filter(Incident::isOpen),
                60.0 / watcher.ofUse(UseWatch::step).toSeconds(), closed, used,
                accepted(watcher, state), notes.maintenance(watcher.name, now.wall()), watcher.foreign(),
                telling.report(watcher).filter(r -> r.vain() > 0)
                        .map(r -> new UntoldConsumers(r.program(), r.vain(), r.detail())));
    }

    /**
     * While the flag stands, or was withdrawn for that and the version is not drained again: it must not be revoked yet. A
     * sample shows the use of a whole window, so one after the flag may still show use before it, which a waiver accepted.
     */
    private static boolean isUsedAfterFlag(KeyWatcher watcher, KeyVersion version, Moment now) {
        if (version.stage() == Stage.RETIRING) {
            return version.reason() == Reason.USED_AFTER_FLAG;
        }
        return version.stage() == Stage.FLAGGED
                && watcher.read(version.id(), watch -> watch.isUsedAfter(version.since(), now)).orElse(false);
    }

    /** Versions that were accepted after somebody said they are revoked, and how long after. */
    private Map<VersionId, Duration> accepted(KeyWatcher watcher, KeyState state) {
        Map<VersionId, Duration> accepted = new HashMap<>();
        notes.saidRevoked(watcher.name).forEach((id, said) -> {
            boolean leaves = state.leaving().stream().anyMatch(v -> v.id().equals(id));
            boolean holds = leaves && fleet.acceptance(watcher, id) == Acceptance.ACCEPTED;
            watcher.read(id, VersionWatch::lastSuccess).flatMap(s -> s).filter(_ -> holds)
                    .map(last -> Duration.between(said, last.wall())).filter(Duration::isPositive)
                    .ifPresent(after -> accepted.put(id, after));
        });
        return accepted;
    }

    private static boolean isClosedAfterUse(VersionWatch watch, LimiterGroup group) {
        return watch.lastGood(group).isPresent() && watch.account(group).flatMap(GroupAccount::latest)
                .filter(point -> point.verdict() == UsagePoint.Verdict.CLOSED).isPresent();
    }
}
