package io.keywane.engine;

import io.keywane.alert.ActiveAlert;
import io.keywane.alert.AlertId;
import io.keywane.alert.AlertRules;
import io.keywane.alert.Findings;
import io.keywane.alert.Findings.Finding;
import io.keywane.alert.Findings.Subject;
import io.keywane.alert.Incident;
import io.keywane.alert.KeyWatch;
import io.keywane.alert.OrganisationWatch;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.Evidence;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.PlanBook;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsagePoint.Verdict;
import io.keywane.usage.WalletReading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The engine of one daemon: restores what was known, and offers the loops that a scheduler drives. Safe for use by several
 * threads.
 */
public final class Engine {
    private static final Duration WALLET = Duration.ofDays(2);
    /** A look into the wallet waits at most so long for a time at which no own request is at the edge of a window. */
    private static final Duration WALLET_MAY_WAIT = Duration.ofMinutes(2);
    /** A key that nobody used for so long is proposed for revocation. */
    private static final Duration UNUSED = Duration.ofDays(30);

    private final Ports ports;
    private final Ids ids;
    private final Moment started;
    private final Fleet fleet = new Fleet();
    private final UseRecords uses;
    private final AlertWatches watches;
    private final AlertDesk desk;
    private final KeyNotes notes;
    private final Schedule schedule;
    private final Prober prober;
    private final EvidenceGatherer gatherer;
    private final RotationRunner runner;
    private final WindowBooks books;
    private final Calibrations calibrations;
    private final Intake intake;
    private final Telling telling;
    private volatile Settings settings;

    public Engine(Settings settings, Ports ports, Ids ids) {
        this.settings = settings;
        this.ports = ports;
        this.ids = ids;
        this.started = ports.clock().now();
        this.uses = new UseRecords(ports);
        this.schedule = new Schedule(settings.provider(), settings.probing(), started);
        this.books = new WindowBooks(settings.provider(), ports.calibrations(), ids);
        this.prober = new Prober(ports, ids, fleet, books, settings.probing().concurrency());
        this.calibrations = new Calibrations(ports, settings.provider(), prober, schedule, books, fleet,
                settings.probing().shareOfLimit());
        this.gatherer = new EvidenceGatherer(ports, fleet, schedule, calibrations);
        ParityCheck parity = new ParityCheck(prober, settings.provider(), schedule, fleet, ports.clock());
        this.telling = new Telling(ports, ids);
        this.runner = new RotationRunner(ports, ids, settings.provider(), prober, schedule, gatherer, parity,
                telling);
        this.notes = new KeyNotes(ports.states());
        this.watches = new AlertWatches(fleet, schedule, started, notes, telling);
        this.intake = new Intake(ports, ids);
        this.desk = new AlertDesk(ports, started, schedule.interval().multipliedBy(3));
        settings.keys().values().forEach(this::restore);
        settings.organisations().keySet().forEach(this::restoreWallet);
    }

    public Settings settings() {
        return settings;
    }

    public Operations operations() {
        return new Operations(ports, ids, fleet, runner, gatherer, prober, calibrations, schedule, settings.provider(),
                notes);
    }

    /** Takes over a changed configuration: new keys are watched, gone ones are not, windows and history stay. */
    public void reload(Settings changed) {
        settings = changed;
        telling.hurry();
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

    /** The keys of which a version still leaves: without the configuration nobody would watch it any more. */
    public Set<KeyName> keysLeaving() {
        return fleet.keys().stream().filter(w -> !w.state().leaving().isEmpty()).map(w -> w.name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The keys that have live versions and are not in the configuration: nobody watches them. */
    public List<KeyName> keysUnwatched() {
        return ports.states().keys().stream().filter(name -> !settings.keys().containsKey(name))
                .filter(name -> !ports.states().load(name).probed().isEmpty()).toList();
    }

    private void restore(KeySettings key) {
        KeyState state = ports.states().load(key.name());
        KeyWatcher watcher = new KeyWatcher(key, state, settings.provider(), uses.restore(key.name(), settings), books);
        watcher.restored(
                ports.states().setting(RestoredState.setting(key.name())).filter(s -> !s.isEmpty()).isPresent());
        for (KeyVersion version : state.probed()) {
            Instant from = Replay.from(state, version, started.wall().minus(Replay.ACCOUNTED));
            replay(watcher, version.id(), from);
        }
        telling.restore(key.name());
        schedule.phase(key.name(), phase(key.name()));
        fleet.put(watcher);
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
        WalletText.read(ports.states().setting(WalletText.name(organisation)).orElse("")).ifPresent(kept -> {
            fleet.organisation(organisation).restore(kept);
            ports.telemetry().wallet(organisation, kept.consumed(), kept.toppedUp());
        });
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
                .filter(w -> w.state().current().filter(v -> isAccepted(w, v) && !w.isCalibrated(v.id())).isPresent())
                .findFirst();
        // The gate takes a reading of the last two periods: it is to find one at any time.
        Duration half = period.dividedBy(2);
        Duration wait = half.compareTo(WALLET_MAY_WAIT) < 0 ? half : WALLET_MAY_WAIT;
        boolean isLate = organisation.lastBalanceProbe()
                .map(last -> now.isAtLeastAfter(last, period.plus(wait))).orElse(true);
        payer.ifPresent(watcher -> {
            VersionId paying = watcher.state().current().orElseThrow().id();
            if (schedule.suits(watcher, paying, isLate, now)) {
                prober.probe(watcher, paying, settings.provider().balance().group(), ProbeKind.BALANCE);
            }
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

    /** Looks where the new key of a rotation comes from by itself; may take as long as an issuer may. */
    public void takeIn(KeyName name) {
        fleet.key(name).ifPresent(watcher -> intake.look(watcher, operations()));
    }

    /** Runs the command that tells consumers of a publication, where it is owed; may take as long as it may. */
    public void tell(KeyName name) {
        fleet.key(name).ifPresent(telling::look);
    }

    /** Why the command that tells consumers of a key would not be run; empty where it may be, or there is none. */
    public Optional<String> tellingFault(KeyName name) {
        return fleet.key(name).flatMap(telling::fault);
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
        fleet.keys().forEach(uses::save);
        List<KeyWatch> keys = fleet.keys().stream().map(w -> watches.key(w, now)).toList();
        List<OrganisationWatch> organisations = settings.organisations().values().stream()
                .map(o -> watches.organisation(o, now)).toList();
        desk.update(AlertRules.evaluate(keys, organisations, settings.alerts().thresholds(), now), now);
    }

    public List<ActiveAlert> alerts() {
        return desk.active();
    }

    /** An operator takes an alert on; empty where no alert with this id fires. */
    public Optional<ActiveAlert> acknowledge(AlertId id, Operator operator) {
        return desk.acknowledge(id, operator);
    }

    /** The incidents in a key's use that are remembered, oldest first. */
    public List<Incident> incidents(KeyName name) {
        return fleet.key(name).map(watcher -> watcher.ofUse(UseWatch::incidents)).orElse(List.of());
    }

    /** The step of a key's series of use. */
    public Duration useStep(KeyName name) {
        return fleet.key(name).map(watcher -> watcher.ofUse(UseWatch::step))
                .orElseThrow(() -> new UnknownKeyException(name));
    }

    /** What is not as it should be with the keys, and can wait. */
    public List<Finding> findings() {
        Moment now = ports.clock().now();
        List<Subject> subjects = fleet.keys().stream().map(w -> new Subject(w.state(), w.settings().environment(),
                w.settings().rotation().maxAge(), idleFor(w, now))).toList();
        return Findings.of(subjects, UNUSED, now);
    }

    /** How long the present version was seen by us and used by nobody, as far as history reaches. */
    private Optional<Duration> idleFor(KeyWatcher watcher, Moment now) {
        List<UsagePoint> points = ports.history().usage(watcher.name, now.wall().minus(UNUSED).minus(Replay.ACCOUNTED));
        boolean used = points.stream().anyMatch(p -> p.foreign().hi() > 0 && p.verdict() != Verdict.UNKNOWN);
        return points.stream().filter(p -> p.verdict() == Verdict.SILENT).findFirst().filter(_ -> !used)
                .map(first -> Duration.between(first.at().wall(), now.wall()));
    }

    /** What is known of one key now; looks into its store, and waits for that. */
    public Optional<KeyReport> report(KeyName name) {
        Moment now = ports.clock().now();
        return fleet.key(name).map(watcher -> report(watcher, gatherer.gather(watcher, now), now));
    }

    /** What was known of one key when its store was last looked into: no store is asked, so that none can hold it up. */
    public Optional<KeyReport> lastReport(KeyName name) {
        Moment now = ports.clock().now();
        return fleet.key(name).map(watcher -> report(watcher, gatherer.recall(watcher, now), now));
    }

    private KeyReport report(KeyWatcher watcher, Evidence evidence, Moment now) {
        return KeyReport.of(watcher, evidence, schedule, notes, intake, telling, now);
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

    /** Drops history beyond the retention, and replies that nobody asks for again. */
    public void prune() {
        List<VersionId> unresolved = new ArrayList<>();
        fleet.keys().forEach(w -> w.state().leaving().forEach(v -> unresolved.add(v.id())));
        Instant now = ports.clock().now().wall();
        ports.history().prune(now.minus(settings.storage().retention()), unresolved);
        ports.evidence().prune(now.minus(settings.storage().evidenceRetention()), unresolved);
        ports.states().pruneReplies(now.minus(Scripts.REPEATABLE));
    }
}
