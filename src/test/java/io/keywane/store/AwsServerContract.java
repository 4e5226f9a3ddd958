package io.keywane.store;

import io.keywane.engine.SecretStore;
import io.keywane.key.KeyName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;

/** The contract against a server of others; each test has secrets of its own there, which it removes. */
abstract class AwsServerContract extends SecretStoreContract {
    final String prefix = "keywane-test/" + UUID.randomUUID() + "/";
    private final SecretsManagerClient client = AwsStoreSetup.client(endpoint());
    private final SecretStore store = AwsStoreSetup.store(client, prefix, Optional.of("api_key"));

    abstract URI endpoint();

    @BeforeEach
    void secretsExist() {
        for (KeyName key : List.of(SEARCH, FEED)) {
            client.createSecret(request -> request.name(prefix + key));
        }
    }

    @AfterEach
    void removeSecrets() {
        for (KeyName key : List.of(SEARCH, FEED)) {
            client.deleteSecret(request -> request.secretId(prefix + key).forceDeleteWithoutRecovery(true));
        }
        client.close();
    }

    @Override
    SecretStore store() {
        return store;
    }

    @Override
    int heldAtOnce() {
        return 15;
    }
}
