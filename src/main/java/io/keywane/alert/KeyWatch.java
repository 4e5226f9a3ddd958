package io.keywane.alert;

import io.keywane.key.OrganisationName;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.Reason;
import io.keywane.usage.LimiterGroup;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/**
 * What alerts about one key rest on.
 *
 * @param state its versions and rotation
 * @param acceptance what the API says of the current version
 * @param sinceSuccess time since the latest success of the current version, or since the start of watching if there was none
 * @param probeInterval the promised period of its probes
 * @param saturation share of the limit used, by group, of the current version
 * @param incident the incident in its use that is open
 * @param stepsPerMinute steps of its series in a minute
 * @param closedAfterUse groups that the plan covered before and does not any more (403)
 * @param usedAfterFlag flagged versions that others used since their flag
 * @param acceptedAfterRevocation versions that the API accepted after a person said they revoked them: how long after
 * @param maintenance the maintenance that lasts
 * @param foreign why the store is not as we left it, while no rotation is open
 * @param untold that consumers could not be told of the latest publication
 */
public record KeyWatch(
        KeyState state,
        OrganisationName organisation,
        Acceptance acceptance,
        Duration sinceSuccess,
        Duration probeInterval,
        Map<LimiterGroup, Double> saturation,
        Optional<Incident> incident,
        double stepsPerMinute,
        Set<LimiterGroup> closedAfterUse,
        Set<VersionId> usedAfterFlag,
        Map<VersionId, Duration> acceptedAfterRevocation,
        Optional<Maintenance> maintenance,
        Optional<Reason> foreign,
        Optional<UntoldConsumers> untold) {
    public KeyWatch {
        requireNonNull(state, "state is null");
        requireNonNull(organisation, "organisation is null");
        requireNonNull(acceptance, "acceptance is null");
        requireNonNull(sinceSuccess, "sinceSuccess is null");
        requireNonNull(probeInterval, "probeInterval is null");
        saturation = Map.copyOf(saturation);
        requireNonNull(incident, "incident is null");
        closedAfterUse = Set.copyOf(closedAfterUse);
        usedAfterFlag = Set.copyOf(usedAfterFlag);
        acceptedAfterRevocation = Map.copyOf(acceptedAfterRevocation);
        requireNonNull(maintenance, "maintenance is null");
        requireNonNull(foreign, "foreign is null");
        requireNonNull(untold, "untold is null");
    }
}
