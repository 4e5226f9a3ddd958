package io.keywane.store;

import io.keywane.engine.KeySource.Answer;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.key.KeyName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;

/** The contract against a server of others; each test has secrets of its own there, which it removes. */
abstract class AwsServerContract extends SecretStoreContract {
    final String prefix = "keywane-test/" + UUID.randomUUID() + "/";
    private final SecretsManagerClient client = AwsStoreSetup.client(endpoint());
    private final AwsSecretStore store = AwsStoreSetup.store(client, prefix, Optional.of("api_key"));

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

    /** Where people put new keys, beside the consumers' secret. */
    @Test
    void candidate_inASecretOfItsOwn_isFoundOnceAPersonPutsOneThere() {
        String next = prefix + "next";
        StoreReference place = new StoreReference(new StoreName("aws"), next, Optional.of("api_key"), next);
        assertThat(store.candidate(SEARCH, place)).isInstanceOf(Answer.Nothing.class);
        client.createSecret(request -> request.name(next).secretString("{\"owner\":\"search\"}"));
        try {
            assertThat(store.candidate(SEARCH, place).toString()).contains("has no text in field \"api_key\"");
            client.putSecretValue(request -> request.secretId(next)
                    .secretString("{\"owner\":\"search\",\"api_key\":\"" + Samples.value(2) + "\"}"));

            assertThat(store.candidate(SEARCH, place)).isEqualTo(new Answer.Found(Samples.material(2)));
        } finally {
            client.deleteSecret(request -> request.secretId(next).forceDeleteWithoutRecovery(true));
        }
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
