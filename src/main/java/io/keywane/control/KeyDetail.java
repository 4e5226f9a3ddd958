package io.keywane.control;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One managed key with every version ever taken in.
 *
 * @param summary the key at a glance
 * @param versions oldest first, revoked ones included
 */
public record KeyDetail(KeySummary summary, List<VersionSummary> versions) implements ControlResult {
    public KeyDetail {
        requireNonNull(summary, "summary is null");
        versions = List.copyOf(versions);
    }
}
