package io.keywane.alert;

import io.keywane.key.OrganisationName;
import io.keywane.usage.Attribution;
import io.keywane.usage.RunOut;
import io.keywane.usage.UnknownUse;

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
 * @param runOutSoon the forecast by what was consumed in the last hours
 * @param runOutInDays the forecast by what was consumed in the last day
 * @param attribution the key whose rise explains the burn
 * @param unknownUse what no known key can have used
 */
public record OrganisationWatch(
        OrganisationName name,
        boolean allRefused,
        Optional<String> unreachable,
        OptionalLong balance,
        long creditsLow,
        boolean outOfCredits,
        Optional<RunOut> runOutSoon,
        Optional<RunOut> runOutInDays,
        Optional<Attribution> attribution,
        Optional<UnknownUse> unknownUse) {
    public OrganisationWatch {
        requireNonNull(name, "name is null");
        requireNonNull(unreachable, "unreachable is null");
        requireNonNull(balance, "balance is null");
        requireNonNull(runOutSoon, "runOutSoon is null");
        requireNonNull(runOutInDays, "runOutInDays is null");
        requireNonNull(attribution, "attribution is null");
        requireNonNull(unknownUse, "unknownUse is null");
    }
}
