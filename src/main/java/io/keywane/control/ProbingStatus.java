package io.keywane.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * When one key version is probed next in one limiter group, and what stands in the way of proving its silence.
 *
 * @param versionBrief the key version
 * @param group the limiter
 * @param next when the next probe is sent
 * @param period the pause between two probes where nothing comes between
 * @param why the word for why just then
 * @param whySentence the same for people
 * @param obstacle the word for what prevents or delays a proof, if something does
 * @param obstacleSentence the same for people, with the way out
 */
public record ProbingStatus(
        String versionBrief,
        String group,
        Instant next,
        Duration period,
        String why,
        String whySentence,
        Optional<String> obstacle,
        Optional<String> obstacleSentence) {
    public ProbingStatus {
        requireNonNull(versionBrief, "versionBrief is null");
        requireNonNull(group, "group is null");
        requireNonNull(next, "next is null");
        requireNonNull(period, "period is null");
        requireNonNull(why, "why is null");
        requireNonNull(whySentence, "whySentence is null");
        requireNonNull(obstacle, "obstacle is null");
        requireNonNull(obstacleSentence, "obstacleSentence is null");
    }
}
