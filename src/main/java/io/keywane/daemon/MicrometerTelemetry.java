package io.keywane.daemon;

import io.keywane.engine.Intent;
import io.keywane.engine.Settings;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreName;
import io.keywane.engine.Telemetry;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.rotation.Reason;
import io.keywane.rotation.RotationState;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts into Micrometer.
 *
 * <p>Only configured keys, organisations and stores have series; {@link #configure} shows the new ones from 0 and takes away
 * those that left. Counts of others are passed over, so that a late answer brings no series back.
 */
public final class MicrometerTelemetry implements Telemetry {
    private static final Set<String> STORE_OPERATIONS = Set.of("view", "read", "stage", "promote", "mark", "release");
    private static final String OTHER_OPERATION = "other";
    private static final Set<ProbeFailure> NOT_SENT = Set.of(ProbeFailure.KEY_NOT_READABLE,
            ProbeFailure.LEDGER_NOT_WRITABLE, ProbeFailure.SANDBOX_KEY);

    private final CounterSeries counters;
    private final ProbeDurations durations;
    private Set<String> keys = Set.of();
    private Set<String> organisations = Set.of();
    private Set<String> places = Set.of();
    private Set<String> stores = Set.of(StoreName.FILE.value());

    MicrometerTelemetry(MeterRegistry registry, SeriesCap cap) {
        this.counters = new CounterSeries(registry, cap);
        this.durations = new ProbeDurations(registry);
        InitialSeries.ofProcess(counters);
        InitialSeries.ofStore(counters, StoreName.FILE.value(), STORE_OPERATIONS);
    }

    /** Takes in a new configuration: its series exist afterwards, and no others. */
    public synchronized void configure(Settings settings) {
        keys = settings.keys().keySet().stream().map(KeyName::value).collect(Collectors.toSet());
        organisations = settings.organisations().keySet().stream().map(OrganisationName::value)
                .collect(Collectors.toSet());
        Set<String> groups = settings.provider().groupNames().stream().map(group -> group.value())
                .collect(Collectors.toSet());
        stores = Stream.concat(Stream.of(StoreName.FILE), settings.stores().keySet().stream()).map(StoreName::value)
                .collect(Collectors.toSet());
        counters.retain("store", stores);
        counters.retain("key", keys);
        counters.retain("organisation", organisations);
        counters.retain("group", groups);
        places = Set.copyOf(Delivery.names(settings.alerts().push()));
        counters.retain("sink", places);
        durations.configure(groups);
        keys.stream().sorted().forEach(key -> InitialSeries.ofKey(counters, key, groups));
        places.stream().sorted().forEach(name -> counters.declare(Metric.NOTIFICATIONS_FAILED, name));
        stores.stream().sorted().forEach(name -> InitialSeries.ofStore(counters, name, STORE_OPERATIONS));
        organisations.stream().sorted().forEach(name -> InitialSeries.ofOrganisation(counters, name));
    }

    @Override
    public synchronized void probed(KeyName key, Sample sample) {
        if (!keys.contains(key.value())) {
            return;
        }
        counters.add(Metric.PROBES, 1, key.value(), sample.group().value(), Words.of(sample.kind()),
                Words.of(sample.outcome()));
        sample.failure().ifPresent(
                failure -> counters.add(Metric.PROBE_FAILURES, 1, key.value(), Words.of(failure)));
        if (wasSent(sample)) {
            sample.received().elapsedSince(sample.sent())
                    .ifPresent(elapsed -> durations.record(sample.group().value(), elapsed));
        }
    }

    @Override
    public synchronized void foreignUse(KeyName key, UsagePoint point, double lo, double hi) {
        if (!keys.contains(key.value())) {
            return;
        }
        String group = point.group().value();
        addIfSound(Metric.FOREIGN_REQUESTS, lo, key.value(), group, "lo");
        addIfSound(Metric.FOREIGN_REQUESTS, hi, key.value(), group, "hi");
    }

    @Override
    public synchronized void contradicted(KeyName key, LimiterGroup group) {
        if (keys.contains(key.value())) {
            counters.add(Metric.CONTRADICTIONS, 1, key.value(), group.value());
        }
    }

    @Override
    public synchronized void ownCredits(OrganisationName organisation, long credits) {
        ofOrganisation(Metric.PROBE_CREDITS, organisation, credits);
    }

    @Override
    public synchronized void wallet(OrganisationName organisation, long consumed, long toppedUp) {
        ofOrganisation(Metric.CREDITS_CONSUMED, organisation, consumed);
        ofOrganisation(Metric.CREDITS_TOPPED_UP, organisation, toppedUp);
    }

    @Override
    public synchronized void rotationEnded(KeyName key, RotationState state) {
        if (keys.contains(key.value())) {
            counters.add(Metric.ROTATIONS, 1, key.value(), Words.of(state));
        }
    }

    @Override
    public synchronized void rotationFailed(KeyName key, RotationState phase, Reason reason) {
        if (keys.contains(key.value())) {
            counters.add(Metric.ROTATION_FAILURES, 1, key.value(), Words.of(phase), reason.word());
        }
    }

    @Override
    public synchronized void storeRequest(StoreName store, String operation) {
        if (stores.contains(store.value())) {
            counters.add(Metric.STORE_REQUESTS, 1, store.value(), known(operation));
        }
    }

    @Override
    public synchronized void storeFailed(StoreName store, String operation, StoreFailure.Kind kind) {
        if (stores.contains(store.value())) {
            counters.add(Metric.STORE_FAILURES, 1, store.value(), known(operation), Words.of(kind));
        }
    }

    @Override
    public synchronized void told(KeyName key, Intent.Outcome outcome) {
        if (keys.contains(key.value())) {
            counters.add(Metric.TELL_RUNS, 1, key.value(), Words.of(outcome));
        }
    }

    @Override
    public synchronized void auditFailed() {
        counters.add(Metric.AUDIT_FAILURES, 1);
    }

    @Override
    public synchronized void notificationFailed(String sink) {
        if (places.contains(sink)) {
            counters.add(Metric.NOTIFICATIONS_FAILED, 1, sink);
        }
    }

    /** Readings were not kept. */
    public synchronized void historyDropped(long readings) {
        addIfSound(Metric.HISTORY_DROPPED, (double) readings);
    }

    private void ofOrganisation(Metric metric, OrganisationName organisation, long amount) {
        if (organisations.contains(organisation.value())) {
            addIfSound(metric, (double) amount, organisation.value());
        }
    }

    // A counter that is fed nonsense once is nonsense for ever.
    private void addIfSound(Metric metric, double amount, String... values) {
        if (Double.isFinite(amount) && amount >= 0) {
            counters.add(metric, amount, values);
        }
    }

    private static boolean wasSent(Sample sample) {
        return sample.failure().filter(NOT_SENT::contains).isEmpty();
    }

    private static String known(String operation) {
        return STORE_OPERATIONS.contains(operation) ? operation : OTHER_OPERATION;
    }
}
