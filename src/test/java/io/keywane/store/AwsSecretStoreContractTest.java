package io.keywane.store;

import io.keywane.engine.SecretStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.util.Optional;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;

/** The contract against our strict stand-in for AWS Secrets Manager, the key being one field of a JSON object. */
class AwsSecretStoreContractTest extends SecretStoreContract {
    private final AwsStandIn aws = new AwsStandIn();
    private final SecretsManagerClient client = AwsStoreSetup.client(aws.endpoint());
    private final SecretStore store = AwsStoreSetup.store(client, "prod/", Optional.of("api_key"));

    @BeforeEach
    void secretsExist() {
        aws.create("prod/" + SEARCH);
        aws.create("prod/" + FEED);
    }

    @AfterEach
    void close() {
        client.close();
        aws.close();
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
