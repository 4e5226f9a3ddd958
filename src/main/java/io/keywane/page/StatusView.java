package io.keywane.page;

import io.keywane.control.AlertList;
import io.keywane.control.KeySummary;
import io.keywane.control.Report;
import io.keywane.control.RotationStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What the status page shows: everything as it was at one time.
 *
 * @param at when that was
 * @param version of the running Keywane
 * @param alerts what fires, most urgent first
 * @param keys in the order of their names
 * @param wallets one for each organisation, in the order of their names
 */
public record StatusView(
        Instant at, String version, List<AlertList.Alert> alerts, List<Key> keys, List<Report.Wallet> wallets) {
    public StatusView {
        requireNonNull(at, "at is null");
        requireNonNull(version, "version is null");
        alerts = List.copyOf(alerts);
        keys = List.copyOf(keys);
        wallets = List.copyOf(wallets);
    }

    /**
     * One managed key.
     *
     * @param rotation where its latest rotation stands
     * @param drains the use of each leaving version that is still watched
     */
    public record Key(KeySummary summary, RotationStatus rotation, List<Drain> drains) {
        public Key {
            requireNonNull(summary, "summary is null");
            requireNonNull(rotation, "rotation is null");
            drains = List.copyOf(drains);
        }
    }

    /**
     * Others' use of a leaving version and of the current one, step by step.
     *
     * @param version the leaving one's first eight digits
     * @param step length of a step
     * @param published when consumers could first read the current one
     * @param silentSince since when its silence is proven in every group
     * @param steps in the order of time
     */
    public record Drain(
            String version,
            Duration step,
            Optional<Instant> published,
            Optional<Instant> silentSince,
            List<Step> steps) {
        public Drain {
            requireNonNull(version, "version is null");
            requireNonNull(step, "step is null");
            requireNonNull(published, "published is null");
            requireNonNull(silentSince, "silentSince is null");
            steps = List.copyOf(steps);
        }
    }

    /** Requests in one step with the leaving version and with the current one; empty where too little was observed. */
    public record Step(Instant from, Optional<Double> leaving, Optional<Double> current) {
        public Step {
            requireNonNull(from, "from is null");
            requireNonNull(leaving, "leaving is null");
            requireNonNull(current, "current is null");
        }
    }
}
