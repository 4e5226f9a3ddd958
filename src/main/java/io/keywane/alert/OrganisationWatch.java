package io.keywane.alert;

import io.keywane.key.OrganisationName;

import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/**
 * What alerts about one organisation rest on.
 *
 * @param allRefused whether every current key is refused, which a revocation seldom explains and a proxy does
 * @param unreachable why the control request fails, if it does
 * @param balance the latest balance, if it was seen
 * @param creditsLow the balance below which the wallet is low
 * @param outOfCredits whether the latest metered request was refused for want of credit
 */
public record OrganisationWatch(
        OrganisationName name,
        boolean allRefused,
        Optional<String> unreachable,
        OptionalLong balance,
        long creditsLow,
        boolean outOfCredits) {
    public OrganisationWatch {
        requireNonNull(name, "name is null");
        requireNonNull(unreachable, "unreachable is null");
        requireNonNull(balance, "balance is null");
    }
}
