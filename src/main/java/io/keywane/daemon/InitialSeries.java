package io.keywane.daemon;

import io.keywane.engine.Intent;
import io.keywane.engine.StoreFailure;
import io.keywane.rotation.Reason;
import io.keywane.rotation.RotationState;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;

import java.util.EnumSet;
import java.util.Set;

/** The counters that are shown from 0, so that a rule sees the first event as a rise and not as a birth. */
final class InitialSeries {
    private static final Set<Reason> FAILURES = EnumSet.of(Reason.KEY_REFUSED, Reason.KEY_DIFFERS,
            Reason.FOREIGN_CHANGE, Reason.STORE_FAILING, Reason.OLD_KEY_NOT_ACCEPTED, Reason.CURRENT_REFUSED);

    private InitialSeries() {}

    static void ofProcess(CounterSeries counters) {
        counters.declare(Metric.AUDIT_FAILURES);
        counters.declare(Metric.HISTORY_DROPPED);
    }

    static void ofStore(CounterSeries counters, String store, Set<String> operations) {
        for (String operation : operations) {
            counters.declare(Metric.STORE_REQUESTS, store, operation);
            for (StoreFailure.Kind kind : StoreFailure.Kind.values()) {
                counters.declare(Metric.STORE_FAILURES, store, operation, Words.of(kind));
            }
        }
    }

    static void ofOrganisation(CounterSeries counters, String organisation) {
        counters.declare(Metric.PROBE_CREDITS, organisation);
        counters.declare(Metric.CREDITS_CONSUMED, organisation);
        counters.declare(Metric.CREDITS_TOPPED_UP, organisation);
    }

    static void ofKey(CounterSeries counters, String key, Set<String> groups) {
        groups.forEach(group -> ofGroup(counters, key, group));
        for (ProbeFailure failure : ProbeFailure.values()) {
            counters.declare(Metric.PROBE_FAILURES, key, Words.of(failure));
        }
        for (Intent.Outcome outcome : Intent.Outcome.values()) {
            counters.declare(Metric.TELL_RUNS, key, Words.of(outcome));
        }
        for (RotationState state : RotationState.values()) {
            if (state.isTerminal()) {
                counters.declare(Metric.ROTATIONS, key, Words.of(state));
                continue;
            }
            FAILURES.forEach(
                    reason -> counters.declare(Metric.ROTATION_FAILURES, key, Words.of(state), reason.word()));
        }
    }

    private static void ofGroup(CounterSeries counters, String key, String group) {
        counters.declare(Metric.CONTRADICTIONS, key, group);
        counters.declare(Metric.FOREIGN_REQUESTS, key, group, "lo");
        counters.declare(Metric.FOREIGN_REQUESTS, key, group, "hi");
        for (ProbeKind kind : ProbeKind.values()) {
            for (ProbeOutcome outcome : ProbeOutcome.values()) {
                counters.declare(Metric.PROBES, key, group, Words.of(kind), Words.of(outcome));
            }
        }
    }
}
