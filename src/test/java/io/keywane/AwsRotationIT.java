package io.keywane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The daemon with a key in AWS Secrets Manager carries a rotation through: on moto, or on the server that is named. */
class AwsRotationIT {
    private static final Optional<String> ENDPOINT = Optional.ofNullable(System.getenv("KEYWANE_TEST_AWS_ENDPOINT"));
    private static final String REGION = Optional.ofNullable(System.getenv("AWS_REGION")).orElse("eu-central-1");

    @TempDir
    private Path folder;

    @Test
    void rotation_ofAKeyInAws_goesToItsEndAndKeepsTheOtherFields() throws Exception {
        if (ENDPOINT.isPresent()) {
            rotate(URI.create(ENDPOINT.get()), DefaultCredentialsProvider.builder().build(), "");
            return;
        }
        Path file = Files.writeString(folder.resolve("credentials"),
                "[default]\naws_access_key_id = test\naws_secret_access_key = test\n");
        try (Moto moto = new Moto()) {
            rotate(moto.endpoint(), StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")),
                    ", credentials: {profile: {file: " + file + "}}");
        }
    }

    private void rotate(URI endpoint, AwsCredentialsProvider credentials, String configured) throws Exception {
        String secret = "keywane-test/" + UUID.randomUUID();
        try (Rig rig = new Rig(folder);
                SecretsManagerClient client = SecretsManagerClient.builder().endpointOverride(endpoint)
                        .region(Region.of(REGION)).credentialsProvider(credentials).build()) {
            client.createSecret(request -> request.name(secret).secretString("{\"url\": \"https://x\", \"n\":1.50}"));
            try {
                StoreRotation.configure(rig, "{name: aws, path: \"" + secret + "\", field: api_key}",
                        "{aws: {type: aws, region: " + REGION + ", refresh: 1s, endpoint: \"" + endpoint + "\""
                                + configured + "}}");

                StoreRotation.carryThrough(rig, () -> key(client, secret));

                assertThat(text(client, secret)).startsWith("{\"url\": \"https://x\", \"n\":1.50,\"api_key\":\"");
            } finally {
                client.deleteSecret(request -> request.secretId(secret).forceDeleteWithoutRecovery(true));
            }
        }
    }

    private static String text(SecretsManagerClient client, String secret) {
        return client.getSecretValue(request -> request.secretId(secret)).secretString();
    }

    private static String key(SecretsManagerClient client, String secret) throws IOException {
        try {
            return JsonMapper.shared().readTree(text(client, secret)).path("api_key").asString("");
        } catch (SecretsManagerException e) {
            throw new IOException(e);
        }
    }
}
