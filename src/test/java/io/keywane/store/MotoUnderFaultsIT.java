package io.keywane.store;

import io.keywane.Moto;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/** Against moto, which others write. */
class MotoUnderFaultsIT extends AwsUnderFaults {
    private static Moto moto;
    private static SecretsManagerClient client;

    private final String secret = "keywane-test/" + UUID.randomUUID();

    @BeforeAll
    static void startMoto() throws IOException {
        moto = new Moto();
        client = AwsStoreSetup.client(moto.endpoint());
    }

    @AfterAll
    static void stopMoto() {
        if (moto != null) {
            client.close();
            moto.close();
        }
    }

    @Override
    @BeforeEach
    void open() throws IOException {
        client.createSecret(request -> request.name(secret));
        super.open();
    }

    @Override
    URI endpoint() {
        return moto.endpoint();
    }

    @Override
    String secret() {
        return secret;
    }

    /** By its label, since moto takes another version for the current one where none is named. */
    @Override
    Optional<String> served() {
        try {
            return Optional.of(client.getSecretValue(request -> request.secretId(secret).versionStage("AWSCURRENT"))
                    .secretString()).filter(text -> text.startsWith("jbe_"));
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }
}
