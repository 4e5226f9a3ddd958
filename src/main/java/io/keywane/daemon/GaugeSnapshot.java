package io.keywane.daemon;

import io.keywane.anomaly.Anomaly;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.key.Stage;
import io.keywane.rotation.RotationState;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.RateLimitReading;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * How things stand at one scrape: everything that the gauges show. What is absent here is absent there.
 *
 * @param configReloaded whether the last attempt to read the configuration succeeded
 * @param configReadAt when the configuration in use was read
 * @param probeInterval how often keys are probed, as configured
 * @param keys the configured keys, each once
 * @param organisations the configured organisations, each once
 * @param alerts every alert that can be active, each combination once
 * @param loops when each loop last finished a round, by a word of lower-case letters and '_'
 */
public record GaugeSnapshot(
        boolean configReloaded,
        Instant configReadAt,
        Duration probeInterval,
        List<KeyGauges> keys,
        List<OrganisationGauges> organisations,
        List<AlertGauge> alerts,
        Map<String, Instant> loops) {
    public GaugeSnapshot {
        requireNonNull(configReadAt, "configReadAt is null");
        requireNonNull(probeInterval, "probeInterval is null");
        keys = List.copyOf(keys);
        organisations = List.copyOf(organisations);
        alerts = List.copyOf(alerts);
        loops = Map.copyOf(loops);
        if (keys.stream().map(KeyGauges::name).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("a key stands twice in the snapshot");
        }
        if (organisations.stream().map(OrganisationGauges::name).distinct().count() < organisations.size()) {
            throw new IllegalArgumentException("an organisation stands twice in the snapshot");
        }
        if (alerts.stream().map(AlertGauge::identity).distinct().count() < alerts.size()) {
            throw new IllegalArgumentException("an alert stands twice in the snapshot");
        }
    }

    /**
     * One managed key.
     *
     * @param created when its current version was taken in
     * @param maxAge the age at which it is due, as configured
     * @param oldestFlagged since when its oldest flagged version waits for its revocation
     * @param versions how many versions are in each stage; a stage that is not named has none
     * @param lastForeignUse when others last certainly used a version in this stage
     * @param rotation its last rotation
     * @param groups what is known of each limiter group
     * @param anomaly the open incident in its use
     * @param tellFailing since when the command that tells consumers of its publication fails
     */
    public record KeyGauges(
            KeyName name,
            Optional<Instant> created,
            Optional<Duration> maxAge,
            Optional<Instant> oldestFlagged,
            Map<Stage, Integer> versions,
            Map<Stage, Instant> lastForeignUse,
            Optional<RotationGauge> rotation,
            Map<LimiterGroup, GroupGauges> groups,
            Optional<Anomaly> anomaly,
            Optional<Instant> tellFailing) {
        public KeyGauges {
            requireNonNull(name, "name is null");
            requireNonNull(created, "created is null");
            requireNonNull(maxAge, "maxAge is null");
            requireNonNull(oldestFlagged, "oldestFlagged is null");
            versions = Map.copyOf(versions);
            lastForeignUse = Map.copyOf(lastForeignUse);
            requireNonNull(rotation, "rotation is null");
            groups = Map.copyOf(groups);
            requireNonNull(anomaly, "anomaly is null");
            requireNonNull(tellFailing, "tellFailing is null");
        }
    }

    /** Where a rotation is, and since when. */
    public record RotationGauge(RotationState state, Instant entered) {
        public RotationGauge {
            requireNonNull(state, "state is null");
            requireNonNull(entered, "entered is null");
        }
    }

    /**
     * What is known of the current version in one limiter group.
     *
     * @param lastSuccess when the API last accepted it
     * @param rateLimit what the headers last said
     * @param coverage share of the recent time that was observed, 0 to 1
     */
    public record GroupGauges(
            Optional<Instant> lastSuccess, Optional<RateLimitReading> rateLimit, OptionalDouble coverage) {
        public GroupGauges {
            requireNonNull(lastSuccess, "lastSuccess is null");
            requireNonNull(rateLimit, "rateLimit is null");
            requireNonNull(coverage, "coverage is null");
            if (coverage.isPresent() && !(coverage.getAsDouble() >= 0 && coverage.getAsDouble() <= 1)) {
                throw new IllegalArgumentException("coverage must be from 0 to 1, is " + coverage.getAsDouble());
            }
        }
    }

    /**
     * One organisation's wallet.
     *
     * @param balance credits at the last look
     * @param creditsLow the balance below which they count as low
     */
    public record OrganisationGauges(OrganisationName name, OptionalLong balance, long creditsLow) {
        public OrganisationGauges {
            requireNonNull(name, "name is null");
            requireNonNull(balance, "balance is null");
        }
    }

    /**
     * One alert, of a key or of an organisation or of the whole.
     *
     * @param alert its name, from the closed list of alerts
     * @param severity {@code critical} or {@code warning}
     */
    public record AlertGauge(
            String alert,
            String severity,
            Optional<KeyName> key,
            Optional<OrganisationName> organisation,
            boolean active) {
        public AlertGauge {
            requireNonNull(alert, "alert is null");
            requireNonNull(severity, "severity is null");
            requireNonNull(key, "key is null");
            requireNonNull(organisation, "organisation is null");
        }

        List<String> identity() {
            return List.of(alert, severity, key.map(KeyName::value).orElse(""),
                    organisation.map(OrganisationName::value).orElse(""));
        }
    }
}
