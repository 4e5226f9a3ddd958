package io.keywane.engine;

import io.keywane.alert.ActiveAlert;
import io.keywane.alert.AlertRules;
import io.keywane.alert.KeyWatch;
import io.keywane.alert.OrganisationWatch;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.PlanBook;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.WalletReading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The engine of one daemon: restores what was known, and offers the loops that a scheduler drives. Safe for use by several
 * threads.
 */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    /** A day's window, its tolerance and a margin: what accounting needs of the past. */
    private static final Duration ACCOUNTED = Duration.ofHours(31);
    private static final Duration WALLET = Duration.ofDays(2);

    private final Ports ports;
    private final Ids ids;
    private final Moment started;
    private final Fleet fleet = new Fleet();
    private final Schedule schedule;
    private final Prober prober;
    private final EvidenceGatherer gatherer;
    private final RotationRunner runner;
    private final WindowBooks books;
    private final Calibrations calibrations;
    private volatile Settings settings;
    private volatile List<ActiveAlert> alerts = List.of();

    public Engine(Settings settings, Ports ports, Ids ids) {
        this.settings = settings;
        this.ports = ports;
        this.ids = ids;
        this.started = ports.clock().now();
        this.schedule = new Schedule(settings.provider(), settings.probing(), started);
        this.books = new WindowBooks(settings.provider(), ports.calibrations(), ids);
        this.prober = new Prober(ports, ids, fleet, books, settings.probing().concurrency());
        this.calibrations = new Calibrations(ports, settings.provider(), prober, schedule, books, fleet,
                settings.probing().shareOfLimit());
        this.gatherer = new EvidenceGatherer(ports, fleet, schedule, calibrations);
        ParityCheck parity = new ParityCheck(prober, settings.provider(), schedule, fleet, ports.clock());
        this.runner = new RotationRunner(ports, ids, settings.provider(), prober, schedule, gatherer, parity);
        settings.keys().values().forEach(this::restore);
        settings.organisations().keySet().forEach(this::restoreWallet);
    }

    public Settings settings() {
        return settings;
    }

    public Operations operations() {
        return new Operations(ports, ids, fleet, runner, gatherer, prober, calibrations, settings.provider());
    }

    /** Takes over a changed configuration: new keys are watched, gone ones are not, windows and history stay. */
    public void reload(Settings changed) {
        settings = changed;
        changed.keys().values().forEach(key -> fleet.key(key.name())
                .ifPresentOrElse(watcher -> watcher.settings(key), () -> restore(key)));
        fleet.keys().stream().map(watcher -> watcher.name).filter(name -> !changed.keys().containsKey(name))
                .forEach(fleet::remove);
    }

    /** The keys whose rotation is open, which may not leave the configuration. */
    public Set<KeyName> keysInRotation() {
        return fleet.keys().stream().filter(w -> w.state().openRotation().isPresent()).map(w -> w.name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void restore(KeySettings key) {
        KeyState state = ports.states().load(key.name());
        KeyWatcher watcher = new KeyWatcher(key, state, settings.provider(), settings.alerts().spikes(), books);
        for (KeyVersion version : state.probed()) {
            Instant from = started.wall().minus(ACCOUNTED);
            Instant since = version.since().wall().minus(ACCOUNTED);
            replay(watcher, version.id(), since.isBefore(from) && isOfASwitch(state, version) ? since : from);
        }
        schedule.phase(key.name(), phase(key.name()));
        fleet.put(watcher);
    }

    /** A leaving version, and the one that is to carry its load, are followed from where the switch began. */
    private static boolean isOfASwitch(KeyState state, KeyVersion version) {
        return version.stage().isLeaving() || (version.stage() == Stage.CURRENT && !state.leaving().isEmpty());
    }

    /** Ledger and samples of the past give the accounts their state back, by the same rules that gave it first. */
    private void replay(KeyWatcher watcher, VersionId version, Instant from) {
        new Replay(ports.ledger().since(version, from), ports.history().samples(version, from)).into(watcher);
    }

    private void restoreWallet(OrganisationName organisation) {
        ports.states().setting(Prober.bookName(organisation))
                .ifPresent(text -> fleet.organisation(organisation).restore(CreditBook.parse(text)));
        // As far back as the oldest version that leaves: the wallet must have held for as long as its silence.
        Instant from = fleet.keysOf(organisation).stream().flatMap(key -> key.state().leaving().stream())
                .map(version -> version.since().wall()).reduce(started.wall(), (a, b) -> a.isBefore(b) ? a : b)
                .minus(WALLET);
        for (WalletReading reading : ports.history().wallet(organisation, from)) {
            fleet.organisation(organisation).observe(reading);
        }
    }

    /** Drawn once for each key, stored, and from then on the same. */
    private double phase(KeyName key) {
        String name = "phase/" + key;
        Optional<String> stored = ports.states().setting(name);
        if (stored.isPresent()) {
            return Double.parseDouble(stored.get());
        }
        double drawn = ports.randomness().fraction();
        ports.states().setting(name, Double.toString(drawn));
        return drawn;
    }

    /** The keys of one shard. */
    public List<KeyName> shard(int shard) {
        int shards = settings.probing().shards();
        return fleet.keys().stream().map(w -> w.name).filter(n -> Math.floorMod(n.hashCode(), shards) == shard)
                .toList();
    }

    /** Sends the probes of one key that are due. */
    public void probe(KeyName name) {
        fleet.key(name).ifPresent(watcher -> {
            Set<Schedule.Due> sent = new HashSet<>();
            // Asked anew after each, because the time that one took may have made the next a bad one.
            for (Optional<Schedule.Due> due = next(watcher, sent); due.isPresent(); due = next(watcher, sent)) {
                sent.add(due.get());
                prober.probe(watcher, due.get().version(), due.get().group(), ProbeKind.LIVENESS);
            }
        });
    }

    private Optional<Schedule.Due> next(KeyWatcher watcher, Set<Schedule.Due> sent) {
        return schedule.due(watcher, ports.clock().now(), sent);
    }

    /**
     * Sends what a calibration of one key has due; how long to wait until the next is, empty where none is under way. Timing
     * matters: to be called again just then.
     */
    public Optional<Duration> calibrate(KeyName name) {
        return fleet.key(name).flatMap(calibrations::step);
    }

    /** Looks into one organisation's wallet if that is due and the budget allows it. */
    public void probeBalance(OrganisationName name) {
        OrganisationWatcher organisation = fleet.organisation(name);
        Moment now = ports.clock().now();
        boolean watched = fleet.keysOf(name).stream().anyMatch(w -> !w.state().leaving().isEmpty());
        Duration period = schedule.balancePeriod(watched);
        boolean due = organisation.lastBalanceProbe().map(last -> now.isAtLeastAfter(last, period)).orElse(true);
        long cost = settings.provider().balance().credits();
        if (!due || !schedule.budget().allowsCredits(organisation.spent(now), cost)) {
            return;
        }
        Optional<KeyWatcher> payer = fleet.keysOf(name).stream()
                .filter(w -> w.state().current().filter(v -> isAccepted(w, v)).isPresent()).findFirst();
        payer.ifPresent(watcher -> {
            prober.probe(watcher, watcher.state().current().orElseThrow().id(), settings.provider().balance().group(),
                    ProbeKind.BALANCE);
        });
    }

    private boolean isAccepted(KeyWatcher watcher, KeyVersion version) {
        return fleet.acceptance(watcher, version.id()) == Acceptance.ACCEPTED;
    }

    /** Asks the public control request, so that an unreachable API is told from refused keys. */
    public void probeControl() {
        Optional<String> failure = ports.probes().control();
        settings.organisations().keySet().forEach(name -> fleet.organisation(name).controlAnswered(failure));
    }

    /** Takes the steps of one key's rotation that can be taken now. */
    public void step(KeyName name) {
        fleet.key(name).ifPresent(runner::run);
    }

    public List<KeyName> keys() {
        return fleet.keys().stream().map(w -> w.name).toList();
    }

    /** Evaluates which alerts fire. */
    public void evaluateAlerts() {
        Moment now = ports.clock().now();
        List<KeyWatch> keys = fleet.keys().stream().map(w -> watch(w, now)).toList();
        List<OrganisationWatch> organisations = settings.organisations().values().stream().map(this::watch).toList();
        List<ActiveAlert> before = alerts;
        alerts = ActiveAlert.update(before,
                AlertRules.evaluate(keys, organisations, settings.alerts().thresholds(), now), now);
        alerts.stream().filter(a -> before.stream().noneMatch(b -> b.alert().isSameAs(a.alert())))
                .forEach(a -> LOG.warn("{} fires: {}", a.alert().name().alertName(), a.alert().summary()));
        before.stream().filter(b -> alerts.stream().noneMatch(a -> a.alert().isSameAs(b.alert())))
                .forEach(b -> LOG.info("{} has ended", b.alert().name().alertName()));
    }

    public List<ActiveAlert> alerts() {
        return alerts;
    }

    private OrganisationWatch watch(Settings.OrganisationSettings organisation) {
        OrganisationWatcher seen = fleet.organisation(organisation.name());
        OptionalLong balance = seen.latest().map(r -> OptionalLong.of(r.balance())).orElse(OptionalLong.empty());
        return new OrganisationWatch(organisation.name(), fleet.areAllRefused(organisation.name()), seen.unreachable(),
                balance, organisation.creditsLow(), seen.lastCreditRefusal().isPresent());
    }

    private KeyWatch watch(KeyWatcher watcher, Moment now) {
        KeyState state = watcher.state();
        Map<LimiterGroup, Double> saturation = new HashMap<>();
        Optional<VersionId> current = state.current().map(KeyVersion::id);
        for (LimiterGroup group : schedule.groups()) {
            current.flatMap(id -> watcher.read(id, w -> w.reading(group))).flatMap(r -> r)
                    .map(RateLimitReading::saturation).ifPresent(share -> saturation.put(group, share));
        }
        Moment since = current.flatMap(id -> watcher.read(id, VersionWatch::lastSuccess)).flatMap(s -> s)
                .orElse(started);
        Set<VersionId> used = state.versions().stream().filter(v -> v.stage() == Stage.FLAGGED)
                .filter(v -> watcher.read(v.id(), VersionWatch::lastInUse).flatMap(u -> u)
                        .filter(u -> u.isNotBefore(v.since(), now)).isPresent())
                .map(KeyVersion::id).collect(Collectors.toSet());
        Acceptance acceptance = current.map(id -> fleet.acceptance(watcher, id))
                .orElse(Acceptance.UNPROVEN);
        return new KeyWatch(state, watcher.settings().organisation(), acceptance,
                now.elapsedSince(since).orElse(now.sinceBoot()), schedule.interval(), saturation, watcher.spike(),
                used);
    }

    /** What is known of one key now, for status, metrics and people. */
    public Optional<KeyReport> report(KeyName name) {
        return fleet.key(name).map(watcher -> KeyReport.of(watcher, gatherer, schedule, ports.clock().now()));
    }

    /** What is known of the windows of one organisation's limiter group. */
    public PlanBook windows(OrganisationName organisation, LimiterGroup group) {
        return books.of(organisation, group);
    }

    /** What is known of the windows of one key, and how far their measuring has come. */
    public Optional<CalibrationReport> calibration(KeyName name) {
        return fleet.key(name).map(watcher -> CalibrationReport.of(watcher, settings.provider(), books));
    }

    /** What is known of one organisation now. */
    public OrganisationReport organisation(OrganisationName name) {
        OrganisationWatcher watcher = fleet.organisation(name);
        return new OrganisationReport(name, watcher.latest(), watcher.account(), watcher.unreachable());
    }

    /** Drops history beyond the retention. */
    public void prune() {
        List<VersionId> unresolved = new ArrayList<>();
        fleet.keys().forEach(w -> w.state().leaving().forEach(v -> unresolved.add(v.id())));
        ports.history().prune(ports.clock().now().wall().minus(settings.storage().retention()), unresolved);
    }
}
