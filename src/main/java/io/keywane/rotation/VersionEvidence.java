package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.usage.Cadence;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is known of one version.
 *
 * @param acceptance what the API says of it
 * @param lastSuccess when it last got a full success with the value as read back from the store
 * @param refusedSince since when all answers that tell it have been refusals, as seen without interruption; empty where
 *        the latest was none
 * @param groups its use, for every limiter group that the key may use
 * @param lastUsed when use by others was last certain
 * @param wallet the organisation's wallet since the version was replaced
 * @param cadence how the managed key was used up to the version's replacement, over all its versions
 * @param switchover how the load moved from it to the current version
 * @param saidRevoked whether a person says that it was revoked
 */
public record VersionEvidence(
        Acceptance acceptance,
        Optional<Moment> lastSuccess,
        Optional<Moment> refusedSince,
        List<GroupEvidence> groups,
        Optional<Moment> lastUsed,
        WalletEvidence wallet,
        Cadence cadence,
        SwitchEvidence switchover,
        boolean saidRevoked) {
    /** Nothing is known. */
    public static final VersionEvidence NONE = new VersionEvidence(Acceptance.UNPROVEN, Optional.empty(), List.of(),
            Optional.empty(), WalletEvidence.NONE, Cadence.UNKNOWN, SwitchEvidence.NONE);

    public VersionEvidence {
        requireNonNull(acceptance, "acceptance is null");
        requireNonNull(lastSuccess, "lastSuccess is null");
        requireNonNull(refusedSince, "refusedSince is null");
        groups = List.copyOf(groups);
        requireNonNull(lastUsed, "lastUsed is null");
        requireNonNull(wallet, "wallet is null");
        requireNonNull(cadence, "cadence is null");
        requireNonNull(switchover, "switchover is null");
    }

    /** What is known of a version that the API does not refuse and of which no person said that it was revoked. */
    public VersionEvidence(
            Acceptance acceptance,
            Optional<Moment> lastSuccess,
            List<GroupEvidence> groups,
            Optional<Moment> lastUsed,
            WalletEvidence wallet,
            Cadence cadence,
            SwitchEvidence switchover) {
        this(acceptance, lastSuccess, Optional.empty(), groups, lastUsed, wallet, cadence, switchover, false);
    }

    /** The same with how the load moved. */
    public VersionEvidence with(SwitchEvidence seen) {
        return new VersionEvidence(acceptance, lastSuccess, refusedSince, groups, lastUsed, wallet, cadence, seen,
                saidRevoked);
    }

    /** The same as the API refuses it since then; empty: it does not. */
    public VersionEvidence refusedSince(Optional<Moment> since) {
        return new VersionEvidence(acceptance, lastSuccess, since, groups, lastUsed, wallet, cadence, switchover,
                saidRevoked);
    }

    /** The same as a person says that it was revoked. */
    public VersionEvidence revokedByWord() {
        return new VersionEvidence(acceptance, lastSuccess, refusedSince, groups, lastUsed, wallet, cadence, switchover,
                true);
    }
}
