package io.keywane.control;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One managed key at a glance.
 *
 * @param key its name
 * @param organisation whose wallet it draws on
 * @param owner who is asked about it
 * @param environment what it is for
 * @param current what consumers read; empty before the first import
 * @param groups how its current version fares in each limiter group
 * @param rotation its latest rotation, open or over
 * @param maintenance who announced unusual use, until when and why, while that lasts
 * @param leaving versions that are not yet confirmed revoked, other than the current one
 */
public record KeySummary(
        String key,
        String organisation,
        String owner,
        String environment,
        Optional<VersionSummary> current,
        List<GroupHealth> groups,
        Optional<RotationSummary> rotation,
        Optional<String> maintenance,
        List<VersionSummary> leaving) {
    public KeySummary {
        requireNonNull(key, "key is null");
        requireNonNull(organisation, "organisation is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(environment, "environment is null");
        requireNonNull(current, "current is null");
        groups = List.copyOf(groups);
        requireNonNull(rotation, "rotation is null");
        requireNonNull(maintenance, "maintenance is null");
        leaving = List.copyOf(leaving);
    }
}
