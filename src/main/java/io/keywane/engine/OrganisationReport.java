package io.keywane.engine;

import io.keywane.key.OrganisationName;
import io.keywane.usage.WalletAccount;
import io.keywane.usage.WalletReading;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** What is known of one organisation: its wallet, and why the API cannot be reached, if so. */
public record OrganisationReport(
        OrganisationName name, Optional<WalletReading> latest, WalletAccount account, Optional<String> unreachable) {
    public OrganisationReport {
        requireNonNull(name, "name is null");
        requireNonNull(latest, "latest is null");
        requireNonNull(account, "account is null");
        requireNonNull(unreachable, "unreachable is null");
    }
}
