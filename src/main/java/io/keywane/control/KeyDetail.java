package io.keywane.control;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One managed key with every version ever taken in.
 *
 * @param summary the key at a glance
 * @param versions oldest first, revoked ones included
 * @param windows what is known of the windows that its requests are counted in
 */
public record KeyDetail(KeySummary summary, List<VersionSummary> versions, List<WindowStatus> windows)
        implements
            ControlResult {
    public KeyDetail {
        requireNonNull(summary, "summary is null");
        versions = List.copyOf(versions);
        windows = List.copyOf(windows);
    }
}
