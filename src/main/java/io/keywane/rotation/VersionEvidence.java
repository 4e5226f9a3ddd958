package io.keywane.rotation;

import io.keywane.key.Moment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What is known of one version.
 *
 * @param acceptance what the API says of it
 * @param lastSuccess when it last got a full success with the value as read back from the store
 * @param groups its use, for every limiter group that the key may use
 * @param lastUsed when use by others was last certain
 * @param lowestBalance the lowest wallet balance seen since it was replaced; empty where none was seen
 * @param creditRefused whether a request was refused for want of credit since it was replaced
 * @param switchover how the load moved from it to the current version
 */
public record VersionEvidence(
        Acceptance acceptance,
        Optional<Moment> lastSuccess,
        List<GroupEvidence> groups,
        Optional<Moment> lastUsed,
        OptionalLong lowestBalance,
        boolean creditRefused,
        SwitchEvidence switchover) {
    /** Nothing is known. */
    public static final VersionEvidence NONE = new VersionEvidence(Acceptance.UNPROVEN, Optional.empty(), List.of(),
            Optional.empty(), OptionalLong.empty(), false, SwitchEvidence.NONE);

    public VersionEvidence {
        requireNonNull(acceptance, "acceptance is null");
        requireNonNull(lastSuccess, "lastSuccess is null");
        groups = List.copyOf(groups);
        requireNonNull(lastUsed, "lastUsed is null");
        requireNonNull(lowestBalance, "lowestBalance is null");
        requireNonNull(switchover, "switchover is null");
    }
}
