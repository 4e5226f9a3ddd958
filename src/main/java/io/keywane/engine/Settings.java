package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * The whole validated configuration, without secrets: where those lie is named by path.
 *
 * @param provider the API that is probed
 * @param organisations by name
 * @param keys the managed keys, by name; each names an organisation that is configured
 * @param probing how often, how many at once, at what cost
 * @param storage where keys, state and published keys lie
 * @param service where metrics are served and who may operate
 * @param alerts thresholds
 * @param stores the secret stores beside the embedded one; each key's store is among them
 */
public record Settings(
        ProviderProfile provider,
        Map<OrganisationName, OrganisationSettings> organisations,
        Map<KeyName, KeySettings> keys,
        ProbingSettings probing,
        StorageSettings storage,
        ServiceSettings service,
        AlertSettings alerts,
        Map<StoreName, StoreSettings> stores) {
    public Settings {
        requireNonNull(provider, "provider is null");
        organisations = Map.copyOf(organisations);
        keys = Map.copyOf(keys);
        requireNonNull(probing, "probing is null");
        requireNonNull(storage, "storage is null");
        requireNonNull(service, "service is null");
        requireNonNull(alerts, "alerts is null");
        stores = Map.copyOf(stores);
        for (KeySettings key : keys.values()) {
            if (!organisations.containsKey(key.organisation())) {
                throw new IllegalArgumentException("key " + key.name() + " names organisation " + key.organisation()
                        + ", which is not configured");
            }
            if (!key.storeName().equals(StoreName.FILE) && !stores.containsKey(key.storeName())) {
                throw new IllegalArgumentException(
                        "key " + key.name() + " names store " + key.storeName() + ", which is not configured");
            }
        }
    }

    /** With the embedded file store alone. */
    public Settings(
            ProviderProfile provider,
            Map<OrganisationName, OrganisationSettings> organisations,
            Map<KeyName, KeySettings> keys,
            ProbingSettings probing,
            StorageSettings storage,
            ServiceSettings service,
            AlertSettings alerts) {
        this(provider, organisations, keys, probing, storage, service, alerts, Map.of());
    }

    /** The keys of one organisation, in the order of their names. */
    public List<KeySettings> keysOf(OrganisationName organisation) {
        return keys.values().stream().filter(key -> key.organisation().equals(organisation))
                .sorted((a, b) -> a.name().compareTo(b.name())).toList();
    }

    /**
     * One organisation.
     *
     * @param creditsLow balance below which the wallet alert fires
     */
    public record OrganisationSettings(OrganisationName name, long creditsLow) {
        public OrganisationSettings {
            requireNonNull(name, "name is null");
            if (creditsLow < 0) {
                throw new IllegalArgumentException("credits_low must not be negative");
            }
        }
    }

    /**
     * Where keys, state and published keys lie.
     *
     * @param keyDirectory the embedded file store
     * @param keyEncryptionKey file with the 32-byte key-encryption key (a systemd credential is a file, too)
     * @param database the SQLite file of state, audit and history
     * @param publishDirectory where published keys lie
     * @param retention how long history is kept
     * @param evidenceRetention how long the bundles of evidence are kept, and those of pending revocations in any case
     */
    public record StorageSettings(
            Path keyDirectory,
            Path keyEncryptionKey,
            Path database,
            Path publishDirectory,
            Duration retention,
            Duration evidenceRetention) {
        public StorageSettings {
            requireNonNull(keyDirectory, "keyDirectory is null");
            requireNonNull(keyEncryptionKey, "keyEncryptionKey is null");
            requireNonNull(database, "database is null");
            requireNonNull(publishDirectory, "publishDirectory is null");
            requireNonNull(retention, "retention is null");
            if (retention.compareTo(Duration.ofDays(1)) < 0) {
                throw new IllegalArgumentException("retention must be at least 1d");
            }
            requireNonNull(evidenceRetention, "evidenceRetention is null");
            if (evidenceRetention.compareTo(Duration.ofDays(1)) < 0) {
                throw new IllegalArgumentException("evidence_retention must be at least 1d");
            }
        }
    }

    /**
     * Where the daemon is reached, and by whom.
     *
     * @param httpHost address of the metrics endpoint, loopback by default
     * @param httpPort its port; 0 picks a free one
     * @param socket the operators' Unix socket
     * @param readerGroups groups whose members may read
     * @param operatorGroups groups whose members may also change things
     * @param logFormat {@code text} or {@code json}
     * @param logLevel {@code error}, {@code warn}, {@code info} or {@code debug}
     */
    public record ServiceSettings(
            String httpHost,
            int httpPort,
            Path socket,
            List<String> readerGroups,
            List<String> operatorGroups,
            String logFormat,
            String logLevel) {
        public ServiceSettings {
            requireNonNull(httpHost, "httpHost is null");
            requireNonNull(socket, "socket is null");
            readerGroups = List.copyOf(readerGroups);
            operatorGroups = List.copyOf(operatorGroups);
            requireNonNull(logFormat, "logFormat is null");
            requireNonNull(logLevel, "logLevel is null");
            if (httpPort < 0 || httpPort > 65_535) {
                throw new IllegalArgumentException("port must be from 0 to 65535, is " + httpPort);
            }
        }
    }
}
