package io.keywane.engine;

import io.keywane.engine.CalibrationRun.Due;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.RefusedException;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.rotation.Trigger;
import io.keywane.usage.Calibration;
import io.keywane.usage.Calibrator;
import io.keywane.usage.CalibratorSettings;
import io.keywane.usage.CalibratorStep.Target;
import io.keywane.usage.Contradiction;
import io.keywane.usage.DatedCalibration;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.PlanBook;
import io.keywane.usage.ProbeKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Measures how windows count, on versions that nobody else uses: a rotation's verified candidate, or a key that is kept for
 * that purpose. Whether somebody uses it shows in the measuring itself.
 *
 * <p>It never sleeps: {@link #step} sends what is due and says how long to wait for the next.
 */
final class Calibrations {
    private static final Logger LOG = LoggerFactory.getLogger(Calibrations.class);
    /** So much of the past is judged anew when windows were measured: a week, so that each of its hours is known. */
    private static final Duration REJUDGED = Duration.ofDays(8);
    /** A rotation waits so much longer than a calibration may take: its last request may have been slow. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Ports ports;
    private final ProviderProfile profile;
    private final Prober prober;
    private final Schedule schedule;
    private final WindowBooks books;
    private final Fleet fleet;
    private final double shareOfLimit;
    /** Versions whose calibration is over, whatever became of it. */
    private final Set<VersionId> over = ConcurrentHashMap.newKeySet();

    Calibrations(Ports ports, ProviderProfile profile, Prober prober, Schedule schedule, WindowBooks books,
            Fleet fleet, double shareOfLimit) {
        this.fleet = fleet;
        this.ports = ports;
        this.profile = profile;
        this.prober = prober;
        this.schedule = schedule;
        this.books = books;
        this.shareOfLimit = shareOfLimit;
    }

    /** Whether a rotation has to wait for the calibration of its candidate; never for longer than that may take. */
    boolean isAwaited(KeyWatcher watcher, Moment now) {
        Optional<Rotation> waiting = verified(watcher);
        Duration longest = watcher.settings().calibration().maxTime().plus(GRACE);
        return waiting.isPresent() && !isOver(watcher, waiting.get().newVersion().orElseThrow())
                && !now.isAtLeastAfter(waiting.get().since(), longest);
    }

    /** The open rotation whose candidate is to be calibrated: a new one, which no consumer can have. */
    private static Optional<Rotation> verified(KeyWatcher watcher) {
        return watcher.state().openRotation()
                .filter(r -> r.state() == RotationState.VERIFIED && isUnhurriedAndNew(r.trigger()))
                // The first key of a name may have been in use before.
                .filter(r -> r.oldVersion().isPresent() && !r.paused())
                .filter(_ -> watcher.settings().calibration().enabled());
    }

    /** In an emergency no time is to be lost; an adopted or a former key may be in use. */
    private static boolean isUnhurriedAndNew(Trigger trigger) {
        return switch (trigger) {
            case OPERATOR, AGE -> true;
            case EMERGENCY, ROLLBACK, ADOPTION -> false;
        };
    }

    private boolean isOver(KeyWatcher watcher, VersionId version) {
        OrganisationName organisation = watcher.settings().organisation();
        return over.contains(version) || profile.groupNames().stream()
                .allMatch(group -> books.of(organisation, group).calibrations().stream()
                        .anyMatch(c -> c.version().equals(version)));
    }

    /** Sends what is due for one key; how long to wait until the next is, empty where nothing is to be measured. */
    Optional<Duration> step(KeyWatcher watcher) {
        Moment now = ports.clock().now();
        beginForRotation(watcher, now);
        Optional<CalibrationRun> run = watcher.calibration();
        if (run.isEmpty()) {
            return Optional.empty();
        }
        if (!isStillUnused(watcher.state(), run.get())) {
            watcher.calibration(Optional.empty());
            LOG.info("the calibration on {} is dropped: its version is no longer the one that nobody uses",
                    watcher.name);
            return Optional.empty();
        }
        Optional<Due> due = run.get().next(now);
        if (due.isEmpty()) {
            finish(watcher, run.get(), now);
            return Optional.empty();
        }
        Duration wait = due.get().at().elapsedSince(now).orElse(Duration.ZERO);
        if (wait.isPositive()) {
            return Optional.of(wait);
        }
        return Optional.of(send(watcher, run.get(), due.get(), now));
    }

    /** Sends it if the budget allows that now; how long to wait for the next. */
    private Duration send(KeyWatcher watcher, CalibrationRun run, Due due, Moment now) {
        if (due.target() == Target.OTHER_KEY) {
            otherKey(watcher, run, due.group(), now);
            return Duration.ZERO;
        }
        Duration room = schedule.allowedFrom(watcher, run.version, due.group(), now).elapsedSince(now)
                .orElse(Duration.ZERO);
        if (room.isPositive()) {
            return room;
        }
        run.sending();
        if (due.target() == Target.MISSING_RESOURCE) {
            run.observe(prober.probeMissing(watcher, run.version, due.group()));
            return Duration.ZERO;
        }
        // Its sample comes back to the run as every sample of this key does.
        prober.probe(watcher, run.version, due.group(), ProbeKind.LIVENESS);
        return Duration.ZERO;
    }

    /** The key that is being replaced, if it may be probed out of turn. */
    private void otherKey(KeyWatcher watcher, CalibrationRun run, LimiterGroup group, Moment now) {
        Optional<VersionId> other = other(watcher, run.version)
                .filter(id -> now.isAtLeastAfter(schedule.allowedFrom(watcher, id, group, now), Duration.ZERO));
        if (other.isEmpty()) {
            run.skipOther(group);
            return;
        }
        prober.probe(watcher, other.get(), group, ProbeKind.LIVENESS);
        run.skipOther(group);
    }

    private static Optional<VersionId> other(KeyWatcher watcher, VersionId version) {
        return watcher.state().current().map(KeyVersion::id).filter(id -> !id.equals(version));
    }

    private static boolean isStillUnused(KeyState state, CalibrationRun run) {
        Optional<Stage> stage = state.version(run.version).map(KeyVersion::stage);
        return stage.filter(s -> s == Stage.VERIFIED || (run.byPerson && s == Stage.CURRENT)).isPresent();
    }

    private void beginForRotation(KeyWatcher watcher, Moment now) {
        if (watcher.calibration().isPresent()) {
            return;
        }
        verified(watcher).filter(rotation -> isAwaited(watcher, now)).ifPresent(rotation -> {
            Duration gone = now.elapsedSince(rotation.since()).orElse(Duration.ZERO);
            Duration left = watcher.settings().calibration().maxTime().minus(gone);
            begin(watcher, rotation.newVersion().orElseThrow(), false, left, now);
        });
    }

    private void begin(KeyWatcher watcher, VersionId version, boolean byPerson, Duration time, Moment now) {
        Map<LimiterGroup, Calibrator> calibrators = new TreeMap<>();
        Instant from = now.wall().minus(Replay.ACCOUNTED);
        List<OwnRequest> own = ports.ledger().since(version, from);
        for (LimiterGroup group : profile.groupNames()) {
            CalibratorSettings settings = new CalibratorSettings(time, shareOfLimit, CalibratorSettings.USUAL_LENGTHS,
                    other(watcher, version).isPresent(), profile.missing(group).isPresent());
            Optional<Calibration> expected = byPerson
                    ? Optional.empty()
                    : books.of(watcher.settings().organisation(), group).expected(group);
            calibrators.put(group, new Calibrator(group, settings, now,
                    own.stream().filter(entry -> entry.group().equals(group)).toList(), expected));
        }
        watcher.calibration(Optional.of(new CalibrationRun(version, now, byPerson,
                watcher.settings().calibration(), calibrators)));
        LOG.info("calibrates on version {} of {}, which nobody else is to use, for at most {}", version.brief(),
                watcher.name, time);
    }

    /** Begins a calibration that a person asked for. */
    void begin(KeyWatcher watcher, Operator operator) {
        KeyName key = watcher.name;
        KeyState state = watcher.state();
        Optional<VersionId> candidate = state.openRotation().filter(r -> r.state() == RotationState.VERIFIED)
                .flatMap(Rotation::newVersion);
        VersionId version = candidate.or(() -> state.current().map(KeyVersion::id))
                .orElseThrow(() -> new RefusedException(key + " has no value yet",
                        "take one in: keywane keys import " + key));
        if (watcher.calibration().isPresent()) {
            return;
        }
        for (LimiterGroup group : profile.groupNames()) {
            usedByOthers(watcher, version, group).ifPresent(why -> {
                throw new RefusedException("version " + version.brief() + " of " + key + " is in use: " + why
                        + "; what others send meanwhile would be taken for a property of the counter",
                        "calibrate on a key that nobody else has: create one, `keywane keys import` it under a name of"
                                + " its own, without `publish`");
            });
        }
        Moment now = ports.clock().now();
        ports.states().audit(List.of(new AuditEntry(now.wall(), operator.actor(), "calibrate", Optional.of(key),
                operator.reason(), operator.requestId(), Map.of("version", version.brief()))));
        begin(watcher, version, true, watcher.settings().calibration().maxTime(), now);
    }

    /** Proof that others use a version: an account says so, or its count exceeds all that we sent in a day. */
    private static Optional<String> usedByOthers(KeyWatcher watcher, VersionId version, LimiterGroup group) {
        return watcher.read(version, watch -> watch.useByOthers(group)).flatMap(use -> use);
    }

    private void finish(KeyWatcher watcher, CalibrationRun run, Moment now) {
        OrganisationName organisation = watcher.settings().organisation();
        List<AuditEntry> audit = new ArrayList<>();
        Map<LimiterGroup, List<KnownWindow>> before = trusted(organisation);
        run.results().forEach((group, found) -> {
            contradictDeclaration(organisation, group, found, now);
            books.add(organisation, new DatedCalibration(found, run.version, now.wall()));
            audit.add(line(watcher.name, run, found, now));
            LOG.info("calibration on {}, {}: {}", watcher.name, group, found.reason().sentence());
        });
        if (!trusted(organisation).equals(before)) {
            rejudge(organisation, now);
        }
        over.add(run.version);
        watcher.calibration(Optional.empty());
        try {
            ports.states().audit(audit);
        } catch (PersistenceException e) {
            ports.telemetry().auditFailed();
            LOG.error("the end of the calibration on {} could not be audited: {}", watcher.name, e.getMessage());
        }
    }

    private Map<LimiterGroup, List<KnownWindow>> trusted(OrganisationName organisation) {
        Map<LimiterGroup, List<KnownWindow>> trusted = new TreeMap<>();
        profile.groupNames().forEach(group -> trusted.put(group, books.of(organisation, group).trusted()));
        return trusted;
    }

    /** A declaration that did not fit a key which nobody else used, and could not be replaced, was contradicted. */
    private void contradictDeclaration(OrganisationName organisation, LimiterGroup group, Calibration found,
            Moment now) {
        PlanBook book = books.of(organisation, group);
        boolean tells = switch (found.reason()) {
            case AMBIGUOUS, RESET_UNEXPECTED, TOO_COARSE -> true;
            case MEASURED, NO_WITNESS, CONFIRMED, NOT_FRESH, SMOOTHED, NODES_DISAGREE, SHARED, LAGGING, TOO_LONG,
                    TIME_OUT, BUDGET,
                    CLOSED, NO_HEADERS ->
                false;
        };
        if (!tells) {
            return;
        }
        found.windows().stream().flatMap(window -> book.find(window.limit()).stream()).map(KnownWindow::model)
                .forEach(model -> books.add(organisation, new Contradiction(group, model, now.wall())));
    }

    /**
     * With other windows the past tells something else. Silence that was claimed by the former ones has ended; without this
     * nobody would know, at the first drain after the first calibration, how the old key was used.
     */
    private void rejudge(OrganisationName organisation, Moment now) {
        Instant usual = now.wall().minus(REJUDGED);
        for (KeyWatcher watcher : fleet.keysOf(organisation)) {
            for (KeyVersion version : watcher.state().probed()) {
                Instant from = Replay.from(watcher.state(), version, usual);
                watcher.probing.lock();
                try {
                    Replay past = new Replay(ports.ledger().since(version.id(), from),
                            ports.history().samples(version.id(), from));
                    ports.history().rejudge(watcher.name, watcher.rejudge(version.id(), past, profile));
                } catch (PersistenceException e) {
                    LOG.warn("the past use of {} could not be judged anew: {}", watcher.name, e.getMessage());
                } finally {
                    watcher.probing.unlock();
                }
            }
        }
    }

    private static AuditEntry line(KeyName key, CalibrationRun run, Calibration found, Moment now) {
        return new AuditEntry(now.wall(), AuditEntry.DAEMON, "calibration.ended", Optional.of(key),
                found.reason().word(), Optional.empty(), Map.of("version", run.version.brief(), "group",
                        found.group().value(), "requests", Integer.toString(run.sent())));
    }
}
