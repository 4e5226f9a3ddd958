package io.keywane.rotation;

import io.keywane.key.Moment;

import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What is known of the wallet while a version leaves. Between two readings nothing is seen, and that is printed.
 *
 * @param latest the latest balance; empty where the wallet was not looked into lately
 * @param lowest the lowest balance seen since the version was replaced
 * @param refused when a request was last refused for want of credit, if the wallet was not seen filled since
 * @param heldSince the first of the readings that have been above 0 ever since, with no refusal among them
 */
public record WalletEvidence(
        OptionalLong latest, OptionalLong lowest, Optional<Moment> refused, Optional<Moment> heldSince) {
    /** Nothing was seen. */
    public static final WalletEvidence NONE = new WalletEvidence(OptionalLong.empty(), OptionalLong.empty(),
            Optional.empty(), Optional.empty());

    public WalletEvidence {
        requireNonNull(latest, "latest is null");
        requireNonNull(lowest, "lowest is null");
        requireNonNull(refused, "refused is null");
        requireNonNull(heldSince, "heldSince is null");
    }
}
