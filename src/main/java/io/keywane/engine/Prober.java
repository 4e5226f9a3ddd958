package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyVersion;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.Contradiction;
import io.keywane.usage.ForeignRate;
import io.keywane.usage.HeaderFault;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnFate;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.PlanBook;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsageReason;
import io.keywane.usage.WalletAccount;
import io.keywane.usage.WalletReading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Sends one probe and takes in what came back: ledger, request, ledger, account, history, metrics, in that order.
 *
 * <p>There is one own request at a time for each key, so that the ledger is complete whenever a sample is judged.
 */
final class Prober {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private final Ports ports;
    private final Ids ids;
    private final Fleet fleet;
    private final WindowBooks books;
    private final Semaphore places;

    Prober(Ports ports, Ids ids, Fleet fleet, WindowBooks books, int concurrency) {
        this.books = books;
        this.ports = ports;
        this.ids = ids;
        this.fleet = fleet;
        this.places = new Semaphore(concurrency);
    }

    /** Probes one version in one group, waiting for its turn. */
    Sample probe(KeyWatcher watcher, VersionId version, LimiterGroup group, ProbeKind kind) {
        watcher.probing.lock();
        try {
            // Before a place is taken: a store that hangs is to hold up its own keys only.
            Optional<KeyMaterial> material = read(watcher, version);
            if (material.isEmpty()) {
                return takeIn(watcher, failed(version, group, kind, ProbeFailure.KEY_NOT_READABLE), false);
            }
            return inPlace(() -> probeAlone(watcher, version, group, kind, material.get()));
        } finally {
            watcher.probing.unlock();
        }
    }

    /**
     * Asks for what is not there. The answer is no sample, since it may have no headers, and says nothing of the key; in the
     * ledger the request stays one that may have been counted.
     */
    Sample probeMissing(KeyWatcher watcher, VersionId version, LimiterGroup group) {
        watcher.probing.lock();
        try {
            Optional<KeyMaterial> material = read(watcher, version);
            if (material.isEmpty()) {
                return failed(version, group, ProbeKind.MISSING, ProbeFailure.KEY_NOT_READABLE);
            }
            return inPlace(() -> probeMissingAlone(watcher, version, group, material.get()));
        } finally {
            watcher.probing.unlock();
        }
    }

    /** Keeps within the number of requests that may be under way at once. */
    private Sample inPlace(Supplier<Sample> request) {
        places.acquireUninterruptibly();
        try {
            return request.get();
        } finally {
            places.release();
        }
    }

    private Sample probeMissingAlone(KeyWatcher watcher, VersionId version, LimiterGroup group, KeyMaterial material) {
        OwnRequest entry = OwnRequest.opened(ids.fresh(), version, group, ports.clock().now());
        watcher.enter(entry);
        boolean journalled = open(entry);
        Sample sample = ports.probes().probe(new ProbeCall(entry, ProbeKind.MISSING), material);
        OwnRequest settled = entry.settle(OwnFate.UNKNOWN, sample.received());
        watcher.enter(settled);
        if (journalled) {
            settle(settled);
        }
        ports.telemetry().probed(watcher.name, sample);
        return sample;
    }

    private Sample probeAlone(KeyWatcher watcher, VersionId version, LimiterGroup group, ProbeKind kind,
            KeyMaterial material) {
        Moment booked = ports.clock().now();
        if (kind == ProbeKind.BALANCE && !book(watcher, booked)) {
            return takeIn(watcher, failed(version, group, kind, ProbeFailure.LEDGER_NOT_WRITABLE), false);
        }
        boolean confirming = watcher.read(version, w -> w.acceptance.isSuspected()).orElse(false);
        boolean controlWorks = confirming && askControl(watcher);
        OwnRequest entry = OwnRequest.opened(ids.fresh(), version, group, ports.clock().now());
        watcher.enter(entry);
        boolean journalled = open(entry);
        Sample sample = ports.probes().probe(new ProbeCall(entry, kind), material);
        OwnRequest settled = entry.settle(journalled ? sample.fate() : OwnFate.UNKNOWN, sample.received());
        watcher.enter(settled);
        if (journalled) {
            settle(settled);
        }
        takeIn(watcher, journalled ? sample : unobserved(sample), controlWorks);
        if (kind == ProbeKind.BALANCE) {
            sample.headers().deducted().ifPresent(credits -> fleet
                    .organisation(watcher.settings().organisation()).settle(booked, credits));
        }
        if (sample.outcome() == ProbeOutcome.UNKNOWN || (sample.outcome() == ProbeOutcome.REJECTED && !confirming)) {
            askControl(watcher);
        }
        return sample;
    }

    /** The value as the store gives it, if it is the one that was submitted. */
    private Optional<KeyMaterial> read(KeyWatcher watcher, VersionId version) {
        ports.telemetry().storeRequest(watcher.settings().storeName(), "read");
        try {
            KeyMaterial material = ports.store().read(watcher.name, version);
            boolean same = watcher.state().version(version).map(KeyVersion::fingerprint)
                    .equals(Optional.of(ids.fingerprint(material)));
            if (!same) {
                LOG.error("the store gives another value for version {} of {} than was submitted", version.brief(),
                        watcher.name);
            }
            return same ? Optional.of(material) : Optional.empty();
        } catch (StoreException e) {
            ports.telemetry().storeFailed(watcher.settings().storeName(), "read", e.kind());
            LOG.warn("cannot read version {} of {}: {}", version.brief(), watcher.name, e.getMessage());
            return Optional.empty();
        }
    }

    /** Under which name the state keeps what an organisation's probes cost. */
    static String bookName(OrganisationName organisation) {
        return "credits/" + organisation;
    }

    private boolean book(KeyWatcher watcher, Moment now) {
        OrganisationWatcher organisation = fleet.organisation(watcher.settings().organisation());
        try {
            organisation.book(now, ports.probes().cost(ProbeKind.BALANCE),
                    text -> ports.states().setting(bookName(organisation.name), text));
            return true;
        } catch (PersistenceException e) {
            LOG.error("no metered probe is sent, because its cost cannot be booked: {}", e.getMessage());
            return false;
        }
    }

    private boolean open(OwnRequest entry) {
        try {
            ports.ledger().open(entry);
            return true;
        } catch (PersistenceException e) {
            LOG.error("the ledger of own requests cannot be written, so this probe is no sample: {}", e.getMessage());
            return false;
        }
    }

    private void settle(OwnRequest settled) {
        try {
            ports.ledger().settle(settled);
        } catch (PersistenceException e) {
            LOG.warn("the fate of an own request could not be kept: {}", e.getMessage());
        }
    }

    private boolean askControl(KeyWatcher watcher) {
        Optional<String> failure = ports.probes().control();
        fleet.organisation(watcher.settings().organisation()).controlAnswered(failure);
        return failure.isEmpty();
    }

    private Sample takeIn(KeyWatcher watcher, Sample sample, boolean controlWorks) {
        Optional<UsagePoint> before = watcher
                .read(sample.version(), w -> w.account(sample.group()).flatMap(a -> a.latest()))
                .flatMap(p -> p);
        watcher.observe(sample, controlWorks).ifPresent(point -> {
            if (point.why() == UsageReason.CONTRADICTION) {
                contradicted(watcher, sample);
            }
            ports.history().record(watcher.name, point);
            watcher.detect(point);
            before.ifPresent(former -> {
                ForeignRate use = ForeignRate.between(former, point);
                ports.telemetry().foreignUse(watcher.name, point, use.lo(), use.hi());
            });
        });
        if (sample.outcome().isAccepted()) {
            fleet.keysOf(watcher.settings().organisation()).forEach(key -> key.anotherAccepted(sample.version()));
        }
        ports.history().record(watcher.name, sample);
        keepIfEvidence(watcher, sample);
        ports.telemetry().probed(watcher.name, sample);
        takeInWallet(watcher, sample);
        return sample;
    }

    /** Keeps what contradicted a window, as long as that adds something. */
    private void contradicted(KeyWatcher watcher, Sample sample) {
        PlanBook book = books.of(watcher.settings().organisation(), sample.group());
        Optional<KnownWindow> window = sample.headers().rateLimit().flatMap(reading -> book.find(reading.limit()))
                .filter(known -> !book.isDiscredited(known));
        window.ifPresent(known -> {
            Contradiction seen = new Contradiction(sample.group(), known.model(), sample.received().wall());
            if (book.with(seen).incidents(known) == book.incidents(known)) {
                return;
            }
            books.add(watcher.settings().organisation(), seen);
            ports.telemetry().contradicted(watcher.name, sample.group());
            LOG.warn(
                    "version {} of {}, {}: the counter contradicts the {} window of {}; nothing is claimed for a while",
                    sample.version().brief(), watcher.name, sample.group(), known.origin(), known.model().length());
        });
    }

    /** A flag rests on every sample of a version that leaves: none waits for the next batch, which a crash would lose. */
    private void keepIfEvidence(KeyWatcher watcher, Sample sample) {
        boolean leaves = watcher.state().version(sample.version()).filter(v -> v.stage().isLeaving()).isPresent();
        if (!leaves) {
            return;
        }
        try {
            ports.history().flush();
        } catch (PersistenceException e) {
            LOG.warn("a sample of {} is not kept yet: {}", watcher.name, e.getMessage());
        }
    }

    private void takeInWallet(KeyWatcher watcher, Sample sample) {
        OrganisationWatcher organisation = fleet.organisation(watcher.settings().organisation());
        AnswerHeaders headers = sample.headers();
        if (sample.outcome() == ProbeOutcome.VALID_WITHOUT_CREDIT) {
            organisation.refusedForCredit(sample.received());
        }
        if (headers.balance().isEmpty()) {
            return;
        }
        WalletReading reading = new WalletReading(sample.received(), headers.balance().getAsLong(),
                headers.deducted().orElse(0));
        WalletAccount change = organisation.observe(reading);
        ports.history().record(organisation.name, reading);
        try {
            ports.states().setting(WalletText.name(organisation.name), WalletText.write(organisation.account()));
        } catch (PersistenceException e) {
            LOG.warn("what {} consumed could not be kept: {}", organisation.name, e.getMessage());
        }
        ports.telemetry().ownCredits(organisation.name, reading.deducted());
        ports.telemetry().wallet(organisation.name, change.consumed(), change.toppedUp());
    }

    private Sample failed(VersionId version, LimiterGroup group, ProbeKind kind, ProbeFailure failure) {
        Moment now = ports.clock().now();
        return new Sample(ids.fresh(), version, group, kind, now, now, 0, ProbeOutcome.UNKNOWN, Optional.of(failure),
                AnswerHeaders.NONE);
    }

    /** An unjournalled request would be taken for somebody else's after a crash, so its answer proves no silence. */
    private static Sample unobserved(Sample sample) {
        if (sample.outcome() != ProbeOutcome.VALID) {
            return sample;
        }
        AnswerHeaders bare = new AnswerHeaders(Optional.empty(), Optional.of(HeaderFault.MISSING),
                sample.headers().deducted(), sample.headers().balance(), sample.headers().date(), Optional.empty());
        return new Sample(sample.request(), sample.version(), sample.group(), sample.kind(), sample.sent(),
                sample.received(), sample.status(), sample.outcome(), Optional.empty(), bare);
    }
}
