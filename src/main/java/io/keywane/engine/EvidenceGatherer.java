package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Evidence;
import io.keywane.rotation.GroupEvidence;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Publication;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.StoreView;
import io.keywane.rotation.SwitchEvidence;
import io.keywane.rotation.VersionEvidence;
import io.keywane.rotation.WalletEvidence;
import io.keywane.usage.Cadence;
import io.keywane.usage.GroupAccount;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.PlannedProbe;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UseTally;
import io.keywane.usage.WalletReading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Gathers all that a decision about a key may rest on. Changes nothing. */
final class EvidenceGatherer {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceGatherer.class);

    private final Ports ports;
    private final Moment started;
    private final Fleet fleet;
    private final Schedule schedule;
    private final CadenceReader cadences;
    private final Calibrations calibrations;

    EvidenceGatherer(Ports ports, Fleet fleet, Schedule schedule, Calibrations calibrations) {
        this.calibrations = calibrations;
        this.ports = ports;
        this.started = ports.clock().now();
        this.fleet = fleet;
        this.schedule = schedule;
        this.cadences = new CadenceReader(ports.history(), schedule.groups());
    }

    Evidence gather(KeyWatcher watcher, Moment now) {
        Optional<StoreView> view = view(watcher);
        Publication publication = publication(watcher, watcher.state(), view);
        watcher.looked(view, publication);
        return gather(watcher, view, publication, now);
    }

    /** The same by what the latest gathering saw in the store and where keys are published: asks neither. */
    Evidence recall(KeyWatcher watcher, Moment now) {
        return gather(watcher, watcher.lastLook(), watcher.publication(), now);
    }

    private Evidence gather(KeyWatcher watcher, Optional<StoreView> view, Publication publication, Moment now) {
        KeyState state = watcher.state();
        Map<VersionId, VersionEvidence> versions = new LinkedHashMap<>();
        for (KeyVersion version : state.probed()) {
            versions.put(version.id(), evidence(watcher, state, version, now));
        }
        return new Evidence(view, publication, watcher.parity(), versions, bundles(state),
                calibrations.isAwaited(watcher, now));
    }

    private Map<VersionId, String> bundles(KeyState state) {
        Map<VersionId, String> bundles = new LinkedHashMap<>();
        for (KeyVersion version : state.leaving()) {
            if (version.stage() == Stage.DRAINED) {
                bundle(version).ifPresent(digest -> bundles.put(version.id(), digest));
            }
        }
        return bundles;
    }

    private Optional<String> bundle(KeyVersion version) {
        try {
            return FlagEvidence.kept(ports, version);
        } catch (PersistenceException e) {
            LOG.warn("cannot look for the evidence of version {}: {}", version.id().brief(), e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<StoreView> view(KeyWatcher watcher) {
        ports.telemetry().storeRequest(watcher.settings().storeName(), "view");
        try {
            StoreView view = ports.store().view(watcher.name);
            watcher.seen(view);
            return Optional.of(view);
        } catch (StoreException e) {
            ports.telemetry().storeFailed(watcher.settings().storeName(), "view", e.kind());
            LOG.warn("cannot look into the store for {}: {}", watcher.name, e.getMessage());
            return Optional.empty();
        }
    }

    private Publication publication(KeyWatcher watcher, KeyState state, Optional<StoreView> view) {
        Optional<KeyVersion> current = state.current();
        boolean serves = current.isPresent() && view.flatMap(StoreView::current).equals(current.map(KeyVersion::id));
        if (watcher.settings().publish().isEmpty() || !serves) {
            return Publication.NOT_CONFIGURED;
        }
        try {
            KeyMaterial material = ports.store().read(watcher.name, current.get().id());
            Publication seen = ports.publisher().compare(watcher.name, material);
            return watcher.isRestored() && seen == Publication.ABSENT ? Publication.DIFFERS : seen;
        } catch (StoreException e) {
            ports.telemetry().storeFailed(watcher.settings().storeName(), "compare", e.kind());
            LOG.warn("cannot compare what is published for {}: {}", watcher.name, e.getMessage());
            return Publication.DIFFERS;
        }
    }

    private VersionEvidence evidence(KeyWatcher watcher, KeyState state, KeyVersion version, Moment now) {
        List<GroupEvidence> groups = new ArrayList<>();
        for (LimiterGroup group : schedule.groups()) {
            groups.add(group(watcher, version, group, now));
        }
        Optional<Moment> replaced = replaced(state, version);
        Cadence cadence = replaced.map(at -> cadences.before(watcher, version, at)).orElse(Cadence.UNKNOWN);
        VersionEvidence plain = new VersionEvidence(fleet.acceptance(watcher, version.id()),
                lastSuccess(watcher, version, now), groups,
                watcher.read(version.id(), watch -> watch.lastInUse(now)).flatMap(s -> s),
                wallet(fleet.organisation(watcher.settings().organisation()), version, now), cadence,
                SwitchEvidence.NONE)
                .refusedSince(watcher.read(version.id(), watch -> watch.acceptance.refusedSince()).flatMap(s -> s));
        VersionEvidence seen = replaced.isEmpty()
                ? plain
                : new Switchover(watcher, state, version, plain, now).seen();
        return watcher.isSaidRevoked(version.id()) ? seen.revokedByWord() : seen;
    }

    /** Of a restored state only what was seen since proves anything: the key may have been revoked meanwhile. */
    private Optional<Moment> lastSuccess(KeyWatcher watcher, KeyVersion version, Moment now) {
        return watcher.read(version.id(), VersionWatch::lastSuccess).flatMap(s -> s)
                .filter(success -> !watcher.isRestored() || success.isNotBefore(started, now));
    }

    /** When consumers stopped being given this version; empty where nobody could switch away from it. */
    private static Optional<Moment> replaced(KeyState state, KeyVersion version) {
        if (!version.stage().isLeaving() || !version.served()) {
            return Optional.empty();
        }
        return state.rotation().filter(r -> r.oldVersion().equals(Optional.of(version.id())))
                .flatMap(Rotation::promoted).or(version::replaced).or(() -> Optional.of(version.since()));
    }

    private GroupEvidence group(KeyWatcher watcher, KeyVersion version, LimiterGroup group, Moment now) {
        Optional<UsagePoint> latest = watcher.read(version.id(), w -> w.account(group).flatMap(GroupAccount::latest))
                .flatMap(point -> point);
        Optional<SilentSpan> silence = watcher.read(version.id(), w -> w.account(group).flatMap(GroupAccount::silence))
                .flatMap(span -> span);
        Duration period = schedule.plan(watcher, version, group, now).map(PlannedProbe::period)
                .orElse(schedule.interval());
        Duration lately = period.multipliedBy(2).plusSeconds(2);
        boolean fresh = latest.filter(point -> !now.isAtLeastAfter(point.at(), lately)).isPresent();
        return new GroupEvidence(group, silence, latest, fresh,
                watcher.read(version.id(), w -> w.limited(group)).flatMap(l -> l),
                watcher.read(version.id(), w -> w.fixedWindow(group)).flatMap(w -> w),
                watcher.read(version.id(), w -> w.tally(group)).flatMap(t -> t).map(UseTally::returned)
                        .orElse(Duration.ZERO));
    }

    private WalletEvidence wallet(OrganisationWatcher organisation, KeyVersion version, Moment now) {
        Duration lately = schedule.balancePeriod(true).multipliedBy(2);
        Optional<WalletReading> latest = organisation.latest().filter(r -> !now.isAtLeastAfter(r.at(), lately));
        OptionalLong lowest = organisation.readings().stream().filter(r -> r.at().isNotBefore(version.since(), now))
                .mapToLong(WalletReading::balance).min();
        return new WalletEvidence(latest.map(r -> OptionalLong.of(r.balance())).orElse(OptionalLong.empty()), lowest,
                organisation.lastCreditRefusal(), organisation.heldSince());
    }
}
