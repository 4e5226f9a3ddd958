package io.keywane.store;

import io.keywane.key.KeyName;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a backup holds.
 *
 * @param made when it was made, by the host's clock
 * @param product the version of keywane that made it
 * @param keys the managed keys that its state knows
 * @param auditLines how many lines its audit has
 * @param lastChange when the latest of these was written; empty where there is none
 * @param keyVersions how many values its key files hold, sealed
 */
public record BackupContents(Instant made, String product, List<KeyName> keys, long auditLines,
        Optional<Instant> lastChange, int keyVersions) {
    public BackupContents {
        requireNonNull(made, "made is null");
        requireNonNull(product, "product is null");
        keys = List.copyOf(keys);
        requireNonNull(lastChange, "lastChange is null");
    }
}
