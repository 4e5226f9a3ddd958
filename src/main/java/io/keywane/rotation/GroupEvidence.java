package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UsagePoint;

import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is known of one version's use in one limiter group.
 *
 * @param silence the proven silence that reaches up to the latest samples
 * @param latest what the latest sample told
 * @param fresh whether that sample is recent enough to speak for now
 * @param limited when an own probe last found any window of the group full, or was refused by it: others may have been
 *     refused then, and a refused request is not counted
 * @param fixedWindow the window that is shown, where it drops all requests together; empty where it does not
 * @param returned the longest idle time after which this version was used again; zero where it was not
 */
public record GroupEvidence(
        LimiterGroup group,
        Optional<SilentSpan> silence,
        Optional<UsagePoint> latest,
        boolean fresh,
        Optional<Moment> limited,
        Optional<Duration> fixedWindow,
        Duration returned) {
    public GroupEvidence {
        requireNonNull(group, "group is null");
        requireNonNull(silence, "silence is null");
        requireNonNull(latest, "latest is null");
        requireNonNull(limited, "limited is null");
        requireNonNull(fixedWindow, "fixedWindow is null");
        requireNonNull(returned, "returned is null");
    }
}
