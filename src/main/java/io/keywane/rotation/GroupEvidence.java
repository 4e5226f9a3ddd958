package io.keywane.rotation;

import io.keywane.usage.LimiterGroup;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UsagePoint;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is known of one version's use in one limiter group.
 *
 * @param silence the proven silence that reaches up to the latest samples
 * @param latest what the latest sample told
 * @param fresh whether that sample is recent enough to speak for now
 */
public record GroupEvidence(
        LimiterGroup group, Optional<SilentSpan> silence, Optional<UsagePoint> latest, boolean fresh) {
    public GroupEvidence {
        requireNonNull(group, "group is null");
        requireNonNull(silence, "silence is null");
        requireNonNull(latest, "latest is null");
    }
}
