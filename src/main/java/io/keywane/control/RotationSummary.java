package io.keywane.control;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where one rotation stands.
 *
 * @param id identity
 * @param trigger what opened it, lower case
 * @param state the state's name, lower case ({@code awaiting_key})
 * @param over whether it has ended, so that the key is free for the next one
 * @param paused whether an operator stopped it
 * @param reason the word why it stands there
 * @param reasonSentence the same for people
 * @param began when it was opened
 * @param since when it came into this state
 * @param oldVersion what was current when it began
 * @param newVersion what was supplied
 * @param promotedAt when the store was first seen to serve the new version
 * @param publishedAt when consumers could first read it
 * @param approvedBy who approved the promotion
 */
public record RotationSummary(
        String id,
        String trigger,
        String state,
        boolean over,
        boolean paused,
        String reason,
        String reasonSentence,
        Instant began,
        Instant since,
        Optional<VersionSummary> oldVersion,
        Optional<VersionSummary> newVersion,
        Optional<Instant> promotedAt,
        Optional<Instant> publishedAt,
        Optional<String> approvedBy) {
    public RotationSummary {
        requireNonNull(id, "id is null");
        requireNonNull(trigger, "trigger is null");
        requireNonNull(state, "state is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(reasonSentence, "reasonSentence is null");
        requireNonNull(began, "began is null");
        requireNonNull(since, "since is null");
        requireNonNull(oldVersion, "oldVersion is null");
        requireNonNull(newVersion, "newVersion is null");
        requireNonNull(promotedAt, "promotedAt is null");
        requireNonNull(publishedAt, "publishedAt is null");
        requireNonNull(approvedBy, "approvedBy is null");
    }
}
