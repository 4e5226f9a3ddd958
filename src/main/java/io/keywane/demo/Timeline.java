package io.keywane.demo;

import java.time.Duration;
import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * When what happened.
 *
 * @param begun the demonstration itself
 * @param consumersBegun when all consumers made requests
 * @param rotationBegan when the operator opened the rotation
 * @param promotedAt when the store served the new key
 * @param oldKeyLastUse last request of a consumer that the API counted on the old key
 * @param flaggedAt when the old key was flagged for revocation
 * @param confirmedRevokedAt when its refusal was confirmed
 */
record Timeline(
        Instant begun,
        Instant consumersBegun,
        Instant rotationBegan,
        Instant promotedAt,
        Instant oldKeyLastUse,
        Instant flaggedAt,
        Instant confirmedRevokedAt) {
    Timeline {
        requireNonNull(begun, "begun is null");
        requireNonNull(consumersBegun, "consumersBegun is null");
        requireNonNull(rotationBegan, "rotationBegan is null");
        requireNonNull(promotedAt, "promotedAt is null");
        requireNonNull(oldKeyLastUse, "oldKeyLastUse is null");
        requireNonNull(flaggedAt, "flaggedAt is null");
        requireNonNull(confirmedRevokedAt, "confirmedRevokedAt is null");
    }

    Phases phases() {
        return new Phases(Duration.between(begun, consumersBegun), Duration.between(consumersBegun, rotationBegan),
                Duration.between(rotationBegan, promotedAt), Duration.between(promotedAt, oldKeyLastUse),
                Duration.between(oldKeyLastUse, flaggedAt), Duration.between(flaggedAt, confirmedRevokedAt));
    }

    /**
     * How long each phase took.
     *
     * @param start until all consumers used the API
     * @param baseline ordinary use of the old key
     * @param verification from the rotation's opening until the new key was promoted
     * @param switchover until the last consumer left the old key
     * @param drain until its silence was proven
     * @param revocation until its refusal was confirmed
     */
    record Phases(
            Duration start,
            Duration baseline,
            Duration verification,
            Duration switchover,
            Duration drain,
            Duration revocation) {}
}
